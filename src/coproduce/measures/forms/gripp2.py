"""What a team writes for researchers, a field for each section."""

from typing import Any

from django import forms

from coproduce.gatherings.forms.hosting import Paragraphs
from coproduce.measures.actions.writing_gripp2 import LONGEST
from coproduce.measures.gripp2 import ASKED
from coproduce.measures.models import Gripp2Section
from coproduce.projects.models import Project


class Gripp2Form(forms.Form):
    """All of it can be left out: what is not written says so."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for section in Gripp2Section:
            self.fields[section.value] = Paragraphs(
                required=False,
                max_length=LONGEST,
                rows=6,
                label=section.label,
                help_text=ASKED[section],
            )

    @property
    def texts(self) -> dict[Gripp2Section, str]:
        return {section: self.cleaned_data[section.value] for section in Gripp2Section}


def filled(project: Project) -> dict[str, str]:
    return {each.section: each.words for each in project.gripp2_texts.all()}
