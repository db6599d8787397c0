"""What a survey's evaluators see of its waves: counts of sheets, never what stands on them."""

from dataclasses import dataclass

from django.db.models import Count, Q

from coproduce.measures.models import Sheet, Survey, Wave


@dataclass(frozen=True)
class WaveLine:
    wave: Wave
    sent: int
    begun: int  # and not sent
    proxies: int  # of those sent
    instruments: tuple[str, ...]


def waves_of(survey: Survey) -> list[WaveLine]:
    """Its waves with their counts, in a fixed number of queries."""
    counts = (
        Sheet.objects.filter(wave__survey=survey)
        .values("wave")
        .annotate(
            sent=Count("pk", filter=Q(sent_on__isnull=False)),
            begun=Count("pk", filter=Q(sent_on=None)),
            proxies=Count("pk", filter=Q(sent_on__isnull=False, is_proxy=True)),
        )
        .values_list("wave", "sent", "begun", "proxies")
    )
    of_wave = {wave: (sent, begun, proxies) for wave, sent, begun, proxies in counts}
    return [
        WaveLine(
            wave,
            *of_wave.get(wave.pk, (0, 0, 0)),
            tuple(str(part.instrument) for part in wave.parts.all()),
        )
        for wave in survey.waves.prefetch_related("parts__instrument")
    ]


def line_of(wave: Wave) -> WaveLine:
    return next(line for line in waves_of(wave.survey) if line.wave.pk == wave.pk)
