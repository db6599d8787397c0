"""What an evaluator types who words questions: the set, a question, its answers, its scores."""

import re
from dataclasses import replace
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.templatetags.static import static
from django.utils.html import format_html

from coproduce.formats.instruments.foreign import Asked
from coproduce.formats.instruments.languages import name_of
from coproduce.formats.instruments.record import (
    LARGEST_NUMBER,
    Instrument,
    Item,
    Kind,
    Licence,
    Point,
    Scale,
    Score,
    Way,
    in_language,
)
from coproduce.gatherings.forms.hosting import Day, Paragraphs, Words
from coproduce.measures import open_pictures
from coproduce.measures.actions.composing import About, free_among
from coproduce.measures.all_words import Said, with_words
from coproduce.measures.instrument_words import answers_in_words
from coproduce.measures.sheet_words import LANGUAGES
from coproduce.people.models import Place

MOST_ANSWERS = 20
MOST_MINUTES = 60
LONGEST = 500
_COUNTED = re.compile(r"(-?\d{1,6}(?:\.\d{1,3})?)\s*=\s*(\S.*)")
NEW_SCALE = "new"
CC0, CC_BY, OWN = "CC0-1.0", "CC-BY-4.0", "own"


class LicenceFields(forms.Form):
    """Whose the words are, and what may be done with them."""

    licence_kind = forms.ChoiceField(
        label="What may others do with your questions?",
        choices=[
            (CC_BY, "Use, copy and reword them, if they name you (CC BY 4.0)"),
            (CC0, "Whatever they like (CC0)"),
            (OWN, "Something else, said below"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Say what others may do with the questions."},
    )
    licence_name = Words(
        required=False,
        max_length=120,
        label="If something else: what the licence is called",
        help_text="“OGL-UK-3.0”, or “used with permission of …, for this project”.",
    )
    may = forms.MultipleChoiceField(
        required=False,
        label="If something else: what it allows",
        choices=[
            ("ship", "Everybody may read the questions here"),
            ("reword", "Others may copy and reword them"),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    notice = Paragraphs(
        max_length=1_000,
        rows=2,
        label="The words that stand beside the questions",
        help_text="Whose they are: “© Salford carers' group, 2026”.",
        error_messages={"required": "Say whose the questions are."},
    )
    source = Paragraphs(
        max_length=1_000,
        rows=2,
        label="Where they come from",
        help_text="Who wrote them and when, or where they were published.",
        error_messages={"required": "Say where the questions come from."},
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("licence_kind") == OWN and not typed.get("licence_name"):
            self.add_error("licence_name", "Say what the licence is called.")
        return typed

    @property
    def licence(self) -> Licence:
        typed = self.cleaned_data
        is_own = typed["licence_kind"] == OWN
        return Licence(
            licence=typed["licence_name"] if is_own else typed["licence_kind"],
            notice=typed["notice"],
            source=typed["source"],
            may_ship="ship" in typed["may"] if is_own else True,
            may_reword="reword" in typed["may"] if is_own else True,
        )


def licence_filled(licence: Licence) -> dict[str, Any]:
    is_own = licence.licence not in (CC0, CC_BY)
    allowed = {"ship": licence.may_ship, "reword": licence.may_reword}
    return {
        "licence_kind": OWN if is_own and licence.licence else licence.licence,
        "licence_name": licence.licence if is_own else "",
        "may": [name for name, may in allowed.items() if may],
        "notice": licence.notice,
        "source": licence.source,
    }


def _both_names(language: str) -> str:
    """ "Welsh (Cymraeg)": for whoever chooses it, and for whoever speaks it."""
    own, ours = LANGUAGES[language], name_of(language)
    return own if own == ours else f"{ours} ({own})"


class AboutForm(LicenceFields):
    """A set of questions, before the first of them."""

    place = forms.ModelChoiceField(
        queryset=Place.objects.none(), label="Which place is it of?", empty_label=None
    )
    title = Words(
        max_length=120, label="What is it called?", error_messages={"required": "Give it a title."}
    )
    purpose = Words(
        max_length=300,
        label="What is it for?",
        help_text="“To see whether people are heard.”",
        error_messages={"required": "Say what it is for."},
    )
    outcomes = Words(
        max_length=300,
        label="What does it measure?",
        help_text="In a word or two each, with commas between: “Trust, Equal voice”.",
        error_messages={"required": "Say what it measures, so that others find it."},
    )
    population = Words(
        required=False,
        max_length=200,
        label="For whom?",
        help_text="“Anybody who took part”, “Carers over 16”.",
    )
    recall = Words(
        required=False,
        max_length=120,
        label="Which time does it ask about?",
        help_text="“in the last two weeks”",
    )
    introduction = Paragraphs(
        required=False, max_length=600, label="Words before the first question"
    )
    minutes = forms.IntegerField(
        min_value=1,
        max_value=MOST_MINUTES,
        label="How many minutes does it take?",
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            f"Type a whole number from 1 to {MOST_MINUTES}.",
        ),
    )
    languages = forms.MultipleChoiceField(
        label="In which languages?",
        help_text="It is worded in the first one that you tick, and translated into the others.",
        choices=[(code, _both_names(code)) for code in LANGUAGES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one language."},
    )
    evidence = Paragraphs(
        required=False,
        max_length=1_000,
        label="What is known of these questions?",
        help_text="Who tried them, and what came of it. If nobody did, say so.",
    )
    field_order = (
        *("place", "title", "purpose", "outcomes", "population", "recall", "introduction"),
        *("minutes", "languages", "evidence"),
    )

    def __init__(self, *args: Any, places: list[Place] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if places and len(places) > 1:
            mine = Place.objects.filter(pk__in=[each.pk for each in places])
            self.fields["place"].queryset = mine  # type: ignore[attr-defined]
        else:
            del self.fields["place"]

    @property
    def about(self) -> About:
        typed = self.cleaned_data
        outcomes = (each.strip() for each in typed["outcomes"].split(","))
        return About(
            title=typed["title"],
            purpose=typed["purpose"],
            licence=self.licence,
            languages=tuple(typed["languages"]),
            outcomes=tuple(dict.fromkeys(each for each in outcomes if each)),
            population=typed["population"],
            recall=typed["recall"],
            introduction=typed["introduction"],
            minutes=typed["minutes"],
            evidence=typed["evidence"],
        )


def about_filled(record: Instrument, own: Licence) -> dict[str, Any]:
    first = record.languages[0] if record.languages else "en"
    return {
        **licence_filled(own),
        "title": in_language(record.title, first),
        "purpose": in_language(record.purpose, first),
        "outcomes": ", ".join(record.outcomes),
        "population": record.population,
        "recall": in_language(record.recall, first),
        "introduction": in_language(record.introduction, first),
        "minutes": record.minutes,
        "languages": list(record.languages),
        "evidence": record.evidence,
    }


class ItemForm(forms.Form):
    """One question."""

    wording = Words(
        max_length=LONGEST,
        label="The question, or the sentence to agree with",
        help_text="One thing at a time, in words that everybody knows.",
        widget=forms.Textarea(attrs={"rows": 2, "class": "brief"}),
        error_messages={"required": "Word the question."},
    )
    answered = forms.ChoiceField(
        label="How is it answered?",
        widget=forms.RadioSelect,
        error_messages={"required": "Say how it is answered."},
    )
    low = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=LARGEST_NUMBER,
        label="If by a number: the lowest",
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    high = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=LARGEST_NUMBER,
        label="If by a number: the highest",
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    reverse = forms.BooleanField(
        required=False,
        label="Agreeing with it is bad news: count it the other way round",
    )
    sensitive = forms.BooleanField(required=False, label="It can be hard to answer")
    easy_read = Paragraphs(
        required=False,
        max_length=LONGEST,
        rows=2,
        label="The same in Easy Read",
        help_text="Short words, one idea, no more than fifteen words a sentence.",
    )
    image = forms.ChoiceField(
        required=False,
        label="The picture beside it in Easy Read",
        widget=forms.RadioSelect,
    )
    image_alt = Words(
        required=False,
        max_length=200,
        label="What the picture shows",
        help_text="For those who do not see it. Left empty, it is said for you.",
    )
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: Instrument, bank: dict[str, Scale], **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.record, self.bank = record, bank
        own = [(f"scale:{each.code}", answers_in_words(each)) for each in record.scales]
        others = [(key, f"{answers_in_words(scale)}") for key, scale in bank.items()]
        self.fields["answered"].choices = [  # type: ignore[attr-defined]
            *own,
            *others,
            ("number", "By a whole number"),
            ("words", "In own words"),
            (NEW_SCALE, "By answers of your own, which you word next"),
        ]
        named = set(open_pictures.QUESTIONS)
        kept = str(self.initial.get("image") or "")
        more = [(kept, kept)] if kept and kept not in named else []
        self.fields["image"].choices = [  # type: ignore[attr-defined]
            ("", "None"),
            *((name, _pictured(name, alt)) for name, alt in open_pictures.QUESTIONS.items()),
            *more,
        ]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("answered") == "number":
            low, high = typed.get("low"), typed.get("high")
            if (0 if low is None else low) >= (LARGEST_NUMBER if high is None else high):
                self.add_error("high", "The highest has to be above the lowest.")
        return typed

    @property
    def asks_new_scale(self) -> bool:
        return bool(self.cleaned_data["answered"] == NEW_SCALE)

    def item(self, code: str, before: Item | None) -> Item:
        """The question as typed, its words in other languages kept."""
        typed, first = self.cleaned_data, self.record.languages[0]
        was = before or Item(code, {})
        kind, scale = self._answered(was)
        is_number = kind == Kind.NUMBER
        image = typed["image"]
        alt = typed["image_alt"] or open_pictures.QUESTIONS.get(image, "")
        return replace(
            was,
            wording=with_words(was.wording, first, typed["wording"]),
            kind=kind,
            scale=scale,
            low=(typed["low"] or 0) if is_number else 0,
            high=LARGEST_NUMBER if not is_number or typed["high"] is None else typed["high"],
            reverse=typed["reverse"],
            sensitive=typed["sensitive"],
            easy_read=with_words(was.easy_read, first, typed["easy_read"]),
            image=image,
            image_alt=with_words(was.image_alt, first, alt) if image else {},
        )

    def _answered(self, was: Item) -> tuple[Kind, str]:
        how = self.cleaned_data["answered"]
        if how in ("number", "words"):
            return Kind(how), ""
        if how == NEW_SCALE:
            return Kind.SCALE, ""
        return Kind.SCALE, how.removeprefix("scale:")


def item_filled(item: Item, record: Instrument) -> dict[str, Any]:
    first, is_number = record.languages[0], item.kind == Kind.NUMBER
    scaled = f"scale:{item.scale}" if item.scale else NEW_SCALE
    return {
        "wording": in_language(item.wording, first),
        "answered": scaled if item.kind == Kind.SCALE else item.kind.value,
        "low": item.low if is_number else None,
        "high": item.high if is_number and item.high != LARGEST_NUMBER else None,
        "reverse": item.reverse,
        "sensitive": item.sensitive,
        "easy_read": in_language(item.easy_read, first),
        "image": item.image,
        "image_alt": in_language(item.image_alt, first),
    }


def _pictured(name: str, alt: str) -> str:
    picture = static(f"easyread/{name}")
    return format_html('<img src="{}" alt="" width="72" height="72"> {}', picture, alt)


class ScaleForm(forms.Form):
    """Answers to choose from, one a line."""

    answers = forms.CharField(
        max_length=4_000,
        label="The answers, one on each line, from the lowest to the highest",
        help_text="They count as 1, 2, 3 and so on. To let one count as something else, put the "
        "number before it: “0 = Never”.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Write at least two answers."},
    )
    easy = forms.CharField(
        required=False,
        max_length=2_000,
        label="The same in one or two words, line by line (Easy Read)",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    missing = forms.CharField(
        required=False,
        max_length=1_000,
        label="Answers that count as none",
        help_text="“It does not apply to me”. “I would rather not say” is always there.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    pictures = forms.BooleanField(
        required=False,
        label="With pictures in Easy Read: a circle that fills up (for two to five answers)",
    )

    def __init__(self, *args: Any, language: str, before: Scale | None, code: str, **kw: Any):
        super().__init__(*args, **kw)
        self.language, self.before, self.code = language, before, code

    def clean_answers(self) -> list[tuple[float, str]]:
        counted: list[tuple[float, str]] = []
        for line in _lines(self.cleaned_data["answers"]):
            found = _COUNTED.fullmatch(line)
            usual = counted[-1][0] + 1 if counted else 1.0
            counted.append((float(found[1]), found[2]) if found else (usual, line))
        if not 2 <= len(counted) <= MOST_ANSWERS:
            raise forms.ValidationError(
                f"{len(counted)} will not do: write from 2 to {MOST_ANSWERS} answers, one on each "
                "line."
            )
        if len({value for value, _ in counted}) < len(counted):
            raise forms.ValidationError("Two answers count as the same. Give each its own number.")
        return counted

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        answers, easy = typed.get("answers"), _lines(typed.get("easy", ""))
        if answers and easy and len(easy) != len(answers):
            self.add_error(
                "easy",
                f"There are {len(answers)} answers and {len(easy)} lines in Easy Read. Write one "
                "line for each, or none.",
            )
        return typed

    def scale(self) -> Scale:
        """The answers as typed; what other languages call them is kept, line by line."""
        typed = self.cleaned_data
        answers, easy = typed["answers"], _lines(typed["easy"])
        images = open_pictures.filling_up(len(answers)) if typed["pictures"] else ()
        before = self.before or Scale(self.code, ())
        points = tuple(
            self._point(value, label, _at(easy, n, ""), _at(images, n, ""), before.points, n)
            for n, (value, label) in enumerate(answers)
        )
        above = max(value for value, _ in answers)
        missing = tuple(
            self._point(above + 1 + n, label, "", "", before.missing, n)
            for n, label in enumerate(_lines(typed["missing"]))
        )
        return Scale(self.code, points, missing)

    def _point(
        self, value: float, label: str, easy: str, image: str, before: tuple[Point, ...], at: int
    ) -> Point:
        was = _at(before, at, Point(value, {}))
        easy = easy or ("" if not image else in_language(was.easy_read, self.language))
        return Point(
            value,
            with_words(was.label, self.language, label),
            with_words(was.easy_read, self.language, easy),
            image,
        )


def scale_filled(scale: Scale, language: str) -> dict[str, Any]:
    usual = [float(n) for n in range(1, len(scale.points) + 1)]
    plain = [point.value for point in scale.points] == usual
    return {
        "answers": "\n".join(
            in_language(point.label, language)
            if plain
            else f"{point.value:g} = {in_language(point.label, language)}"
            for point in scale.points
        ),
        "easy": "\n".join(
            in_language(point.easy_read, language) for point in scale.points if point.easy_read
        ),
        "missing": "\n".join(in_language(point.label, language) for point in scale.missing),
        "pictures": any(point.image for point in scale.points),
    }


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _at(rows: Any, at: int, usual: Any) -> Any:
    return rows[at] if at < len(rows) else usual


class ScoreForm(forms.Form):
    """One number made of questions."""

    title = Words(
        max_length=120,
        label="What is it called?",
        help_text="As it stands on the page of results: “My voice counts”.",
        error_messages={"required": "Give it a title."},
    )
    items = forms.MultipleChoiceField(
        label="Which questions are in it?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one question."},
    )
    way = forms.ChoiceField(
        label="How do they become one number?",
        choices=[(Way.MEAN.value, "Their mean"), (Way.SUM.value, "Their sum")],
        widget=forms.RadioSelect,
    )
    higher_is_better = forms.ChoiceField(
        label="What is good news?",
        choices=[("yes", "A higher number"), ("no", "A lower number")],
        widget=forms.RadioSelect,
    )
    minimal_important = forms.FloatField(
        required=False,
        min_value=0.000001,
        label="From which difference on does it matter to people?",
        help_text="Only if somebody has found that out.",
        widget=forms.NumberInput(attrs={"class": "short", "step": "any"}),
    )
    minimal_important_source = Words(
        required=False, max_length=300, label="Who found that out, and where does it stand?"
    )

    def __init__(self, *args: Any, record: Instrument, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.record = record
        self.fields["items"].choices = [  # type: ignore[attr-defined]
            (item.code, f"{at}. {in_language(item.wording, 'en')}")
            for at, item in enumerate(record.items, start=1)
            if item.kind != Kind.WORDS
        ]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("minimal_important") and not typed.get("minimal_important_source"):
            self.add_error("minimal_important_source", "Say who found that out.")
        return typed

    def score(self, before: Score | None) -> Score:
        typed, first = self.cleaned_data, self.record.languages[0]
        code = before.code if before else self._new_code()
        was = before or Score(code, {}, ())
        matters = typed["minimal_important"]
        return replace(
            was,
            title=with_words(was.title, first, typed["title"]),
            items=tuple(typed["items"]),
            way=Way(typed["way"]),
            lookup={},
            higher_is_better=typed["higher_is_better"] == "yes",
            minimal_important=matters,
            minimal_important_source=typed["minimal_important_source"] if matters else "",
        )

    def _new_code(self) -> str:
        chosen = self.cleaned_data["items"]
        stem = chosen[0] if len(chosen) == 1 else "score"
        return free_among(stem, (each.code for each in self.record.scores))


def score_filled(score: Score, record: Instrument) -> dict[str, Any]:
    return {
        "title": in_language(score.title, record.languages[0]),
        "items": list(score.items),
        "way": score.way.value,
        "higher_is_better": "yes" if score.higher_is_better else "no",
        "minimal_important": score.minimal_important,
        "minimal_important_source": score.minimal_important_source,
    }


class TranslationForm(forms.Form):
    """Everything that is said, in one other language. Half of it can be kept."""

    def __init__(self, *args: Any, said: list[Said], language: str, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.said = said
        for number, each in enumerate(said):
            box = forms.Textarea(attrs={"rows": 2, "class": "brief", "lang": language})
            self.fields[f"t{number}"] = Words(
                required=False,
                max_length=1_000,
                label=each.about,
                help_text=each.first,
                initial=each.other,
                widget=box,
            )

    @property
    def texts(self) -> dict[str, str]:
        return {each.key: self.cleaned_data[f"t{n}"] for n, each in enumerate(self.said)}


class CopyForm(forms.Form):
    """Which questions of another set."""

    items = forms.MultipleChoiceField(
        label="Which questions?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one question."},
    )

    def __init__(self, *args: Any, source: Instrument, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.fields["items"].choices = [  # type: ignore[attr-defined]
            (item.code, in_language(item.wording, "en")) for item in source.items
        ]


class CheckedForm(forms.Form):
    """Who of those it is for has looked at the Easy Read."""

    who = Words(
        max_length=160,
        label="Who looked at it?",
        help_text="A group, not a name: “Five members of Salford People First”.",
        error_messages={"required": "Say which group looked at it."},
    )
    on = Day(label="When?", error_messages={"required": "Say on which day."})


class FileForm(LicenceFields):
    """A file with questions; whose they are is asked where the file does not say it."""

    file = forms.FileField(
        label="The file",
        help_text="JSON or table (CSV) as they come from here, an XLSForm (.xlsx), or a REDCap "
        "data dictionary (CSV). Up to 1 MB.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
        widget=forms.FileInput(attrs={"accept": ".json,.csv,.xlsx"}),
    )
    title = Words(
        required=False, max_length=120, label="What it is called, if the file does not say so"
    )
    purpose = Words(
        required=False, max_length=300, label="What it is for, if the file does not say so"
    )
    field_order = ("file", "title", "purpose")
    MOST_BYTES = 1_000_000

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        for name in ("licence_kind", "notice", "source"):
            self.fields[name].required = False

    def clean_file(self) -> "UploadedFile[Any]":
        found: UploadedFile[Any] = self.cleaned_data["file"]
        if (found.size or 0) > self.MOST_BYTES:
            raise forms.ValidationError("The file has more than 1 MB. Part it into several sets.")
        return found

    @property
    def asked(self) -> Asked | None:
        """What was said for the file; None where the licence was not."""
        typed = self.cleaned_data
        if not all(typed[name] for name in ("licence_kind", "notice", "source")):
            return None
        title = typed["title"]
        return Asked(self.licence, title=title, purpose=typed["purpose"])


class KeepForm(forms.Form):
    """What was understood, to be kept. It comes back whole, and is read again."""

    record = forms.CharField(widget=forms.HiddenInput, max_length=FileForm.MOST_BYTES)
    code = forms.RegexField(
        r"[A-Za-z][A-Za-z0-9_-]{0,59}",
        label="Its short name",
        help_text="It names the questions in files and on paper. Letters, digits, - and _.",
        error_messages=dict.fromkeys(
            ("required", "invalid"), "Use letters, digits, - and _ after a first letter."
        ),
    )
    version = forms.RegexField(
        r"[A-Za-z0-9][A-Za-z0-9.-]{0,19}",
        label="Its version",
        widget=forms.TextInput(attrs={"class": "short"}),
        error_messages=dict.fromkeys(("required", "invalid"), "Use digits, letters, dots and -."),
    )
    place = forms.ModelChoiceField(
        queryset=Place.objects.none(), label="Which place is it of?", empty_label=None
    )

    def __init__(self, *args: Any, places: list[Place], **kw: Any) -> None:
        super().__init__(*args, **kw)
        if len(places) > 1:
            mine = Place.objects.filter(pk__in=[each.pk for each in places])
            self.fields["place"].queryset = mine  # type: ignore[attr-defined]
        else:
            del self.fields["place"]
