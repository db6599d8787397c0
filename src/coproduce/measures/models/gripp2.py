"""What a project's team writes for researchers, a text for each section of GRIPP2.

Source: Staniszewska et al. (2017), GRIPP2 reporting checklists: tools to improve reporting of
patient and public involvement in research, BMJ 358:j3453, the short form.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coproduce.projects.models import Project


class Gripp2Section(models.TextChoices):
    """The five of the short form, in their order."""

    AIM = "aim", "Aim"
    METHODS = "methods", "Methods"
    RESULTS = "results", "Study results"
    DISCUSSION = "discussion", "Discussion and conclusions"
    REFLECTIONS = "reflections", "Reflections and critical perspective"


class Gripp2Text(models.Model):
    """One section in the team's own words. Numbers are not copied into it: they stand above it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="gripp2_texts")
    section = models.CharField(max_length=12, choices=Gripp2Section)
    words = models.TextField()
    written_on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("project", "section"), name="a_section_of_gripp2_is_written_once"
            ),
            models.CheckConstraint(
                condition=Q(section__in=Gripp2Section.values), name="a_section_of_gripp2_is_known"
            ),
        )

    def __str__(self) -> str:
        return self.get_section_display()
