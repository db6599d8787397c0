"""What is counted and sent in the background, so that nobody waits for it."""

from django_tasks import task

from coproduce.people.models import Place
from coproduce.reports import evidence
from coproduce.trust.models import Figure


@task()
def count_all_answers() -> str:
    """Every place's share of what was answered in time, as it is tonight."""
    places = Place.objects.filter(insights__shown_at__isnull=False).distinct()
    told = [evidence.tell(place) for place in places]
    return f"{sum(isinstance(each, Figure) for each in told)} of {len(told)} places are told."
