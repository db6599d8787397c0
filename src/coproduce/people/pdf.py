"""How does a page become a PDF that everybody can read? Tagged, with its language and its title.

Nothing is loaded from outside: fonts and pictures come with the package or stand in the page.
"""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string


def pdf_from(template: str, context: dict[str, object], *, style: str) -> bytes:
    """The template as a PDF, in the look of a style sheet of ours."""
    return pdf_on_one_page(template, [context], style=style)


def pdf_on_one_page(template: str, contexts: Sequence[dict[str, object]], *, style: str) -> bytes:
    """The first of these that takes one page, or else the last: put the roomiest first."""
    # Here and not above: where Pango is missing only PDFs are, and everything else starts sooner.
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    fonts = FontConfiguration()
    fetcher = URLFetcher(allowed_protocols=("file", "data"))
    look = CSS(filename=_found(style), url_fetcher=fetcher, font_config=fonts)
    for context in contexts:
        html = render_to_string(template, context | {"site_name": settings.WAGTAIL_SITE_NAME})
        document = HTML(string=html, url_fetcher=fetcher).render(
            stylesheets=[look], font_config=fonts, pdf_variant="pdf/ua-1"
        )
        if len(document.pages) == 1:
            break
    pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
    return pdf


def _found(style: str) -> Path:
    found = finders.find(style)
    if not isinstance(found, str):
        raise FileNotFoundError(f"The style sheet {style} is missing from the installation.")
    return Path(found)
