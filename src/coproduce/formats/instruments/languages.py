"""What languages are called in forms, and the words that stand beside every question."""

from collections.abc import Iterable

from coproduce.formats.instruments.record import Words

# What is spoken in England, by the code that the web uses; other languages go by their code.
NAMES = {
    "en": "English",
    "ar": "Arabic",
    "bn": "Bengali",
    "cy": "Welsh",
    "de": "German",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "gu": "Gujarati",
    "hi": "Hindi",
    "hu": "Hungarian",
    "it": "Italian",
    "ku": "Kurdish",
    "lt": "Lithuanian",
    "ne": "Nepali",
    "pa": "Panjabi",
    "pl": "Polish",
    "ps": "Pashto",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "so": "Somali",
    "sq": "Albanian",
    "ta": "Tamil",
    "ti": "Tigrinya",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
RATHER_NOT_SAY = {"en": "Prefer not to say", "cy": "Mae’n well gen i beidio â dweud"}


def name_of(language: str) -> str:
    """The language as XLSForm writes it: "English (en)"."""
    return f"{NAMES.get(language, language)} ({language})"


def code_of(name: str) -> str | None:
    """The code in "English (en)", or of "English"; None where nobody can tell."""
    name = name.strip()
    if name.endswith(")") and "(" in name:
        return name[name.rindex("(") + 1 : -1].strip()
    known = {spoken.lower(): code for code, spoken in NAMES.items()}
    return known.get(name.lower()) or (name.lower() if name.lower() in NAMES else None)


def in_order(words: Words, languages: Iterable[str]) -> dict[str, str]:
    """The words in the order of these languages."""
    return {language: words[language] for language in languages if language in words}
