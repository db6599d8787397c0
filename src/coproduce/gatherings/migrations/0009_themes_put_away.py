from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gatherings", "0008_answers_to_more")]

    operations = [
        migrations.AddField(
            model_name="theme",
            name="put_away_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
