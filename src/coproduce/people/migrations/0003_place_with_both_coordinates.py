from django.db import migrations, models


class Migration(migrations.Migration):
    """One coordinate without the other passed: a comparison with nothing is not false."""

    dependencies = [
        ('people', '0002_reach_and_access'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='place',
            name='a_place_is_on_the_globe_or_nowhere',
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__isnull', False), ('latitude__range', (-90, 90)), ('longitude__isnull', False), ('longitude__range', (-180, 180))), _connector='OR'), name='a_place_is_on_the_globe_or_nowhere'),
        ),
    ]
