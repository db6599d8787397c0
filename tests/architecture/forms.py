"""Which forms does the site have, on which page, and what can be typed into them?"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

Attributes = list[tuple[str, str | None]]
TYPED = ("text", "search", "email", "tel", "url", "number", "date", "time", "password")


@dataclass
class Form:
    """One form of a page: where it goes, and for each name what the page itself would send."""

    method: str
    address: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.forms: list[Form] = []
        self._select = ""
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            where = urlsplit(urljoin(self.page, given.get("action", ""))).path
            self.forms.append(Form(given.get("method", "get").lower(), where))
            self._is_inside = True
        if not self._is_inside:
            return
        name = given.get("name", "")
        if tag == "select":
            self._select = name
        if tag == "option" and self._select:
            self._add(self._select, given.get("value", ""))
        if name and tag in ("input", "textarea", "button", "select"):
            if given.get("type") == "file":
                self.forms[-1].files.add(name)
            self._add(name, given.get("value", "on" if given.get("type") == "checkbox" else ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "form":
            self._is_inside = False

    def _add(self, name: str, value: str) -> None:
        if name != "csrfmiddlewaretoken":
            self.forms[-1].fields.setdefault(name, []).append(value)


def forms_on(page: str, html: str) -> list[Form]:
    """The forms of a page at this address."""
    reader = _Reader(page)
    reader.feed(html)
    return reader.forms
