from django.db import migrations

# What people said they need when they first met, as a list to begin with; it can be edited.
FIRST = (
    ("How it is done", "Ways of working that others can copy, step by step."),
    ("What changes", "What is different because people did it together."),
    ("What stands in the way", "Time, money, rules, habits and fear."),
    ("Who is in the room", "Who takes part in what, and who is missing."),
    ("Understanding change", "Questions, numbers and stories that show what moved."),
    ("Talking and listening", "How people are asked, and whether they are heard."),
    ("Leading", "How those in charge invite others in, or shut them out."),
    ("Learning from each other", "What one place knows that another needs."),
)


def write(apps, schema_editor):
    theme = apps.get_model("gatherings", "Theme")
    for position, (name, definition) in enumerate(FIRST, start=1):
        theme.objects.get_or_create(
            place=None, name=name, defaults={"definition": definition, "position": position}
        )


class Migration(migrations.Migration):
    dependencies = [("gatherings", "0002_said")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
