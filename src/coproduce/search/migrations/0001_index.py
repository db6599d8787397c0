import django.db.models.deletion
from django.db import migrations, models

# Each database keeps its own index over the words, in the transaction that changes them. Whoever
# lets Django remake search_words on SQLite (which drops its triggers) lays them anew there.
SQLITE = (
    """CREATE VIRTUAL TABLE search_index USING fts5(
         title_keys, text_keys, content='search_words', content_rowid='findable_id',
         tokenize='ascii')""",
    """CREATE TRIGGER search_words_put AFTER INSERT ON search_words BEGIN
         INSERT INTO search_index(rowid, title_keys, text_keys)
         VALUES (new.findable_id, new.title_keys, new.text_keys);
       END""",
    """CREATE TRIGGER search_words_taken_out AFTER DELETE ON search_words BEGIN
         INSERT INTO search_index(search_index, rowid, title_keys, text_keys)
         VALUES ('delete', old.findable_id, old.title_keys, old.text_keys);
       END""",
    """CREATE TRIGGER search_words_changed AFTER UPDATE OF title_keys, text_keys ON search_words
       BEGIN
         INSERT INTO search_index(search_index, rowid, title_keys, text_keys)
         VALUES ('delete', old.findable_id, old.title_keys, old.text_keys);
         INSERT INTO search_index(rowid, title_keys, text_keys)
         VALUES (new.findable_id, new.title_keys, new.text_keys);
       END""",
)
POSTGRESQL = (
    """ALTER TABLE search_words ADD COLUMN found_by tsvector GENERATED ALWAYS AS (
         setweight(to_tsvector('simple'::regconfig, title_keys), 'A')
         || setweight(to_tsvector('simple'::regconfig, text_keys), 'B')) STORED""",
    "CREATE INDEX search_words_found_by ON search_words USING gin (found_by)",
)


def lay_index(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def take_index_away(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":  # there it goes with its table
        return
    for trigger in ("put", "taken_out", "changed"):
        schema_editor.execute(f"DROP TRIGGER search_words_{trigger}")
    schema_editor.execute("DROP TABLE search_index")


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Findable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("thing", models.CharField(max_length=120, unique=True)),
                ("kind", models.CharField(max_length=20)),
                ("seen", models.CharField(choices=[("nobody", "nobody"), ("everybody", "everybody"), ("members", "members of its place"), ("directory", "those who may look into the directory")], max_length=10)),
                ("place", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Gram",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gram", models.CharField(max_length=3)),
                ("length", models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=60, unique=True)),
                ("things", models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Words",
            fields=[
                ("findable", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="words", serialize=False, to="search.findable")),
                ("title", models.TextField()),
                ("text", models.TextField(blank=True)),
                ("address", models.CharField(max_length=500)),
                ("where", models.CharField(blank=True, max_length=200)),
                ("note", models.CharField(blank=True, max_length=80)),
                ("title_keys", models.TextField(blank=True)),
                ("text_keys", models.TextField(blank=True)),
            ],
            options={"verbose_name_plural": "words"},
        ),
        migrations.AddConstraint(
            model_name="findable",
            constraint=models.CheckConstraint(condition=models.Q(("seen__in", ["everybody", "members", "directory"])), name="what_nobody_may_find_is_not_kept"),
        ),
        migrations.AddField(
            model_name="gram",
            name="word",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="grams", to="search.word"),
        ),
        migrations.AddIndex(
            model_name="gram",
            index=models.Index(fields=["gram", "length", "word"], name="words_by_their_grams"),
        ),
        migrations.RunPython(lay_index, take_index_away),
    ]
