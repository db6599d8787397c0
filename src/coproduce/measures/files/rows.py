"""Rows of answers as one zip: for spreadsheets, statisticians and archives, all of one table."""

import io
import zipfile

from coproduce.formats.answers.files import answers_xlsx
from coproduce.formats.answers.package import answers_package
from coproduce.formats.answers.parquet import answers_parquet
from coproduce.formats.answers.spss import answers_sav
from coproduce.formats.answers.table import AnswerTable

KIND = "application/zip"
README = """\
{title}

datapackage.json, answers.csv, codebook.csv, about.csv
    A data package (Frictionless). Words that a spreadsheet would run as a formula have an
    apostrophe in front of them.
answers.xlsx
    The same three as a workbook.
answers.sav
    For SPSS, with labels and codes that count as no answer.
answers.parquet
    For R and Python; what the codes mean stands in its metadata.

{methods}

Two people let these rows go, for this reason:

    {why}

{notice}
"""


def rows_zip(table: AnswerTable, *, why: str) -> bytes:
    """The data package, with the other kinds of file beside it."""
    packed = io.BytesIO(answers_package(table))
    readme = README.format(
        title=table.title, methods="\n".join(table.methods), why=why, notice=table.notice
    )
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as package:
        _add(package, "README.txt", readme.encode())
        _add(package, "answers.xlsx", answers_xlsx(table))
        _add(package, "answers.sav", answers_sav(table))
        _add(package, "answers.parquet", answers_parquet(table))
    return packed.getvalue()


def _add(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name)  # without a moment, as the package itself
    info.compress_type = zipfile.ZIP_DEFLATED
    package.writestr(info, content)
