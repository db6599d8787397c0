"""Who gets which answer, at every address of ours: the permission matrix.

A row is what is asked (GET or POST) and one answer for each of ROLES, in their order. The
conversation in question belongs to Manchester and is open to everybody, unless the row says
otherwise. Nothing is sent along with a POST, so 400 or 422 means: you may ask, but not like this.

Default deny: a route of ours without a row fails the build. Add the row with the route.
"""

from dataclasses import dataclass

ROLES = ("stranger", "member", "wrong place", "facilitator", "coordinator", "convenor", "admin")


@dataclass(frozen=True)
class Row:
    """One question to one address, and what each role hears."""

    asked: str
    answers: dict[str, int]
    of: str  # which conversation of the scene


def row(asked: str, answers: str, of: str = "open") -> Row:
    heard = map(int, answers.split())
    return Row(asked, dict(zip(ROLES, heard, strict=True)), of)


def everyone(asked: str, answer: int, of: str = "open") -> Row:
    return Row(asked, dict.fromkeys(ROLES, answer), of)


# Ours, by the name of the route, or by its pattern where it has no name.
#                            stranger member wrong-place facilitator coordinator convenor admin
MATRIX: dict[str, list[Row]] = {
    # The site as a whole
    "home": [everyone("GET", 200)],
    "robots": [everyone("GET", 200)],
    "picture": [everyone("GET", 404)],  # there is no picture of that name
    "demo_mail": [everyone("GET", 404)],  # outside the demo
    "accounts/login/": [everyone("GET", 302)],
    "_util/login/": [everyone("GET", 302)],
    "^accounts/password/": [everyone("GET", 404)],
    # Taking part
    "conversations:talk_list": [everyone("GET", 200)],
    "conversations:talk": [
        everyone("GET", 200),
        everyone("GET", 404, of="draft"),
        row("GET", "200 200 200 200 200 200 200", of="invited"),
    ],
    "conversations:answer": [everyone("POST", 404)],  # no statement named, so none to answer
    "conversations:answers": [everyone("GET", 200)],
    "conversations:thanks": [everyone("GET", 200)],
    "conversations:say": [everyone("GET", 200)],
    "conversations:about_you": [everyone("GET", 200)],
    "conversations:take_back": [everyone("GET", 200)],
    "conversations:enter_code": [everyone("GET", 200)],
    "conversations:join_form": [everyone("GET", 200)],
    "conversations:join": [everyone("GET", 302)],
    # How do we know this?
    "trust:figure": [everyone("GET", 404)],
    "trust:figure_csv": [everyone("GET", 404)],
    "trust:figure_json": [everyone("GET", 404)],
}

# What others wrote, one row each, by the address under which it is hung.
THIRD_PARTY: dict[str, tuple[str, Row]] = {
    "accounts/": ("/accounts/login/code/", row("GET", "200 302 302 302 302 302 302")),
    "admin/": ("/admin/", row("GET", "302 403 403 403 403 403 200")),
    "documents/": ("/documents/1/minutes.pdf", everyone("GET", 404)),
    "": ("/a-page-nobody-wrote/", everyone("GET", 404)),
}
