"""Instruments for tests: one that people could be asked, and any that hypothesis can think of."""

from hypothesis import strategies as st

from coproduce.formats.instruments.record import (
    Instrument,
    Item,
    Kind,
    Licence,
    Point,
    Scale,
    Score,
    Way,
)
from coproduce.formats.instruments.scoring_checks import reach

LANGUAGES = ("en", "cy", "ur", "pl")

AGREE = Scale(
    "agree",
    (
        Point(1, {"en": "Disagree"}, {"en": "No"}, "thumb-down.svg"),
        Point(2, {"en": "Neither"}),
        Point(3, {"en": "Agree"}, {"en": "Yes"}),
    ),
    (Point(-8, {"en": "Does not apply"}),),
)
HEARD = Instrument(
    code="heard",
    version="1",
    title={"en": "Being heard"},
    purpose={"en": "To see whether people are heard."},
    licence=Licence("MIT", "© the makers of coproduce", "https://example.org", True, True),
    languages=("en",),
    items=(
        Item("heard", {"en": "People listened to me."}, scale="agree"),
        Item("ignored", {"en": "Nobody asked me."}, scale="agree", reverse=True, sensitive=True),
        Item("meetings", {"en": "How many meetings were you at?"}, Kind.NUMBER, high=50),
        Item("why", {"en": "Why is that?"}, Kind.WORDS),
    ),
    scales=(AGREE,),
    scores=(
        Score("heard", {"en": "Heard"}, ("heard", "ignored"), low=1, high=3),
        Score("meetings", {"en": "Meetings"}, ("meetings",), low=0, high=50),
    ),
)

# Any letter, and all that a spreadsheet, an XML file or a formula could stumble over.
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"))
TEXTS = (
    st.text(st.one_of(LETTERS, st.sampled_from("=+-@'\"\n,;|<&{}[]#:_ ")), max_size=12)
    .map(str.strip)
    .filter(bool)
)
CODES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
VALUES = st.one_of(
    st.integers(-99, 100).map(float), st.floats(-1e6, 1e6, allow_nan=False, width=32)
).map(lambda value: value + 0.0)  # no -0.0, which is 0
IMAGES = st.sampled_from(["", "hands.svg", "Door-2.png"])


@st.composite
def words(draw: st.DrawFn, languages: tuple[str, ...], *, asked: bool) -> dict[str, str]:
    """Words in some of the languages, the first among them where they are asked for."""
    chosen = [each for each in languages[1:] if draw(st.booleans())]
    first = [languages[0]] if asked or draw(st.booleans()) else []
    return {language: draw(TEXTS) for language in (*first, *chosen)}


@st.composite
def scales(draw: st.DrawFn, code: str, languages: tuple[str, ...]) -> Scale:
    values = draw(st.lists(VALUES, min_size=2, max_size=6, unique=True))
    cut = draw(st.integers(2, len(values)))
    every = [
        Point(
            value,
            draw(words(languages, asked=True)),
            draw(words(languages, asked=False)),
            draw(IMAGES),
        )
        for value in values
    ]
    points = sorted(every[:cut], key=lambda point: point.value)
    return Scale(code, tuple(points), tuple(every[cut:]))


@st.composite
def items(draw: st.DrawFn, code: str, known: tuple[str, ...], languages: tuple[str, ...]) -> Item:
    kind = draw(st.sampled_from(Kind)) if known else Kind.NUMBER
    low = draw(st.integers(0, 100)) if kind is Kind.NUMBER else 0
    high = draw(st.integers(low + 1, 200)) if kind is Kind.NUMBER else 65_000
    image = draw(IMAGES)
    return Item(
        code=code,
        wording=draw(words(languages, asked=True)),
        kind=kind,
        scale=draw(st.sampled_from(known)) if kind is Kind.SCALE else "",
        easy_read=draw(words(languages, asked=False)),
        image=image,
        image_alt=draw(words(languages, asked=bool(image))),
        reverse=kind is not Kind.WORDS and draw(st.booleans()),
        sensitive=draw(st.booleans()),
        low=low,
        high=high,
    )


@st.composite
def scores(draw: st.DrawFn, code: str, instrument: Instrument) -> Score:
    counted = [item for item in instrument.items if item.kind is not Kind.WORDS]
    chosen = draw(
        st.lists(st.sampled_from(counted), min_size=1, max_size=3, unique_by=lambda one: one.code)
    )
    looked_up = len(chosen) == 1 and chosen[0].kind is Kind.SCALE and draw(st.booleans())
    way = Way.LOOKUP if looked_up else draw(st.sampled_from([Way.MEAN, Way.SUM]))
    low, high = reach(chosen, instrument, way)
    lookup: dict[float, float] = {}
    if looked_up:
        points = instrument.scale_of(chosen[0]).points
        lookup = {point.value: low for point in points}
    matters = draw(st.one_of(st.none(), st.floats(0.001, 5)))
    return Score(
        code=code,
        title=draw(words(instrument.languages, asked=True)),
        items=tuple(item.code for item in chosen),
        way=way,
        least_answered=1.0 if looked_up else draw(st.floats(0.01, 1)),
        low=low - 1,
        high=high + draw(st.floats(0, 10)),
        higher_is_better=draw(st.booleans()),
        minimal_important=matters,
        minimal_important_source=draw(TEXTS) if matters else "",
        lookup=lookup,
    )


@st.composite
def instruments(draw: st.DrawFn) -> Instrument:
    """Any instrument that passes the gate."""
    languages = tuple(draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True)))
    names = draw(st.lists(CODES, min_size=3, max_size=8, unique=True))
    kept = tuple(draw(scales(name, languages)) for name in names[: draw(st.integers(0, 2))])
    asked = tuple(
        draw(items(name, tuple(scale.code for scale in kept), languages))
        for name in names[: draw(st.integers(1, len(names)))]
    )
    whole = Instrument(
        code=draw(CODES),
        version=draw(st.sampled_from(["1", "2024", "1.0", "2-b"])),
        title=draw(words(languages, asked=True)),
        purpose=draw(words(languages, asked=True)),
        licence=Licence(
            draw(TEXTS), draw(TEXTS), draw(TEXTS), draw(st.booleans()), draw(st.booleans())
        ),
        languages=languages,
        items=asked,
        scales=kept,
        population=draw(st.one_of(st.just(""), TEXTS)),
        introduction=draw(words(languages, asked=False)),
        recall=draw(words(languages, asked=False)),
        minutes=draw(st.integers(1, 240)),
        outcomes=tuple(draw(st.lists(TEXTS.filter(lambda text: "\n" not in text), max_size=2))),
        status=draw(TEXTS),
        evidence=draw(st.one_of(st.just(""), TEXTS)),
    )
    if all(item.kind is Kind.WORDS for item in asked):
        return whole
    made = tuple(draw(scores(name, whole)) for name in names[: draw(st.integers(1, 2))])
    return Instrument(**{**vars(whole), "scores": made})
