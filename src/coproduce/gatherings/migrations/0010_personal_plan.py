import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import coproduce.trust.sealing


class Migration(migrations.Migration):
    dependencies = [("gatherings", "0009_themes_put_away")]

    operations = [
        migrations.CreateModel(
            name="PersonalPlan",
            fields=[
                ("registration", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="plan", serialize=False, to="gatherings.registration")),
                ("agenda_ahead", models.BooleanField(default=False)),
                ("leave_alone", coproduce.trust.sealing.SealedText(blank=True, null=True)),
                ("checks_in", coproduce.trust.sealing.SealedText(blank=True, null=True)),
                ("told_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={"ordering": ("told_at", "pk")},
        ),
    ]
