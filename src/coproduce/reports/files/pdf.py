"""The report for paper: tagged, with its headings, its language and its title."""

from django.conf import settings

from coproduce.formats.qr import qr_code
from coproduce.people.pdf import pdf_from
from coproduce.reports.files.edition import Edition

KIND = "application/pdf"


def pdf_of(edition: Edition) -> bytes:
    return pdf_from(
        "reports/paper.html",
        {
            "edition": edition,
            "base_url": settings.BASE_URL,
            "qr": qr_code(edition.address),
            "short_address": edition.address.partition("://")[2],
        },
        style="report-of-the-day.css",
    )
