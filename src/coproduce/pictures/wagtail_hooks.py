"""Wagtail's own way to a document is ours: the same look at whether it may be shown."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail import hooks

from coproduce.pictures.models import Paper
from coproduce.pictures.views.files import answer_about


def ask_first(paper: Paper, request: HttpRequest) -> HttpResponseBase:
    return answer_about(request, paper.picture, paper.name)


def only_what_belongs_to_the_site(found: Any, request: HttpRequest) -> Any:
    """Pictures of a place stay with its hosts; pages of the site choose among their own."""
    return found.filter(picture__place=None)


hooks.register("before_serve_document", ask_first)
hooks.register("construct_image_chooser_queryset", only_what_belongs_to_the_site)
hooks.register("construct_document_chooser_queryset", only_what_belongs_to_the_site)
