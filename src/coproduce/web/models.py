"""The pages that people of the network write themselves, and what such a page is made of."""

from typing import ClassVar

from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

PLAIN_TEXT = ["bold", "italic", "link", "document-link", "ol", "ul"]


class PictureBlock(blocks.StructBlock):
    """A picture, always with what it shows in words."""

    picture = ImageChooserBlock()
    alt_text = blocks.CharBlock(
        max_length=250,
        label="What it shows",
        help_text="In one sentence, for people who cannot see it.",
    )
    caption = blocks.CharBlock(max_length=250, required=False)

    class Meta:
        icon = "image"
        template = "pages/picture.html"


class PullOutBlock(blocks.StructBlock):
    """The one sentence to take away."""

    words = blocks.TextBlock(max_length=300, rows=2)

    class Meta:
        icon = "openquote"
        label = "Pull-out"
        template = "pages/pull_out.html"


class BodyBlock(blocks.StreamBlock):
    heading = blocks.CharBlock(max_length=120, icon="title", template="pages/heading.html")
    paragraph = blocks.RichTextBlock(features=PLAIN_TEXT, icon="pilcrow")
    picture = PictureBlock()
    pull_out = PullOutBlock()


class ContentPage(Page):
    """A page of words and pictures, with drafts and a second pair of eyes before it goes out."""

    lead = models.CharField(
        max_length=300, blank=True, help_text="What this page is about, in a sentence or two."
    )
    body = StreamField(BodyBlock(), blank=True)

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    template = "pages/content_page.html"
