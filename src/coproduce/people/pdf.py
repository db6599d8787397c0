"""How does a page become a PDF that everybody can read? Tagged, with its language and its title.

Nothing is loaded from outside: fonts and pictures come with the package or stand in the page.
"""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string


def pdf_from(template: str, context: dict[str, object], *, style: str) -> bytes:
    """The template as a PDF, in the look of a style sheet of ours."""
    # Here and not above: where Pango is missing only PDFs are, and everything else starts sooner.
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    html = render_to_string(template, context | {"site_name": settings.WAGTAIL_SITE_NAME})
    fonts = FontConfiguration()
    fetcher = URLFetcher(allowed_protocols=("file", "data"))
    look = CSS(filename=_found(style), url_fetcher=fetcher, font_config=fonts)
    document = HTML(string=html, url_fetcher=fetcher)
    pdf: bytes = document.write_pdf(stylesheets=[look], font_config=fonts, pdf_variant="pdf/ua-1")
    return pdf


def _found(style: str) -> Path:
    found = finders.find(style)
    if not isinstance(found, str):
        raise FileNotFoundError(f"The style sheet {style} is missing from the installation.")
    return Path(found)
