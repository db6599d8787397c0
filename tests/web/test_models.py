"""Written pages: drafts stay drafts, pictures say what they show, and a moderator has a say."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Page, Workflow

from coproduce.people.models import User
from coproduce.web.first_pages import root_page
from coproduce.web.models import BodyBlock, ContentPage

pytestmark = pytest.mark.django_db


def a_page(title: str = "Our kitchen table", **fields: object) -> ContentPage:
    page = ContentPage(title=title, slug="our-kitchen-table", live=False, **fields)
    root_page().add_child(instance=page)
    return page


def test_it_shows_a_page_only_once_it_is_published(client: Client) -> None:
    page = a_page(lead="Come and talk.")
    assert client.get(page.url).status_code == 404
    page.save_revision().publish()
    assert "Come and talk." in client.get(page.url).content.decode()


def test_it_goes_on_showing_the_last_published_words_while_somebody_drafts(client: Client) -> None:
    page = a_page(lead="Come on Monday.")
    page.save_revision().publish()
    page.lead = "Come on Tuesday."
    page.save_revision()
    assert "Come on Monday." in client.get(page.url).content.decode()


def test_it_takes_a_page_through_a_second_pair_of_eyes() -> None:
    page = a_page()
    editor = User.objects.create_superuser("editor@example.org")
    page.save_revision(user=editor)
    workflow = Workflow.objects.get(name="Moderators approval")
    assert page.get_workflow() == workflow
    state = workflow.start(page, editor)
    assert not Page.objects.get(pk=page.pk).live

    state.current_task_state.approve(user=editor)

    assert Page.objects.get(pk=page.pk).live


def test_it_asks_for_what_a_picture_shows() -> None:
    picture = BodyBlock().child_blocks["picture"]
    with pytest.raises(ValidationError) as refused:
        picture.clean(picture.to_python({"picture": None, "alt_text": "", "caption": ""}))
    assert "alt_text" in refused.value.block_errors  # type: ignore[attr-defined]


def test_it_shows_every_kind_of_part(client: Client) -> None:
    page = a_page()
    page.body = [
        ("heading", "What we cook"),
        ("paragraph", "<p>Soup and <b>bread</b>.</p>"),
        ("pull_out", {"words": "Everybody eats."}),
    ]
    page.save_revision().publish()
    shown = client.get(page.url).content.decode()
    assert "<h2>What we cook</h2>" in shown
    assert "Soup and <b>bread</b>." in shown
    assert '<p class="callout">Everybody eats.</p>' in shown


def test_it_keeps_scripts_out_of_written_words(client: Client) -> None:
    page = a_page(title="<script>1</script>", lead="<img src=x onerror=1>")
    page.save_revision().publish()
    shown = client.get(page.url).content.decode()
    assert "<script>1" not in shown
    assert "<img src=x" not in shown
