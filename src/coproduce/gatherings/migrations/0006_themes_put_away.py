from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gatherings", "0005_report_back")]

    operations = [
        migrations.AddField(
            model_name="theme",
            name="put_away_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
