import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0008_announcements")]

    operations = [
        migrations.CreateModel(
            name="Introduction",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reason", models.CharField(blank=True, max_length=280)),
                ("question", models.CharField(blank=True, max_length=280)),
                ("state", models.CharField(choices=[("asked", "asked, no answer yet"), ("yes", "yes: you have each other’s address"), ("no", "not now")], default="asked", max_length=10)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("asked", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="introductions_to_me", to="people.person")),
                ("asker", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="introductions_asked_for", to="people.person")),
            ],
            options={
                "ordering": ("asked_at", "id"),
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("state", "asked")), fields=("asker", "asked"), name="one_introduction_at_a_time"),
                    models.CheckConstraint(condition=models.Q(("asker", models.F("asked")), _negated=True), name="nobody_is_introduced_to_themselves"),
                    models.CheckConstraint(condition=models.Q(("state__in", ("asked", "yes", "no"))), name="an_answer_to_an_introduction_is_known"),
                    models.CheckConstraint(condition=models.Q(("state", "asked"), models.Q(("question", ""), ("reason", "")), _connector="OR"), name="an_answered_introduction_keeps_no_words"),
                ],
            },
        ),
    ]
