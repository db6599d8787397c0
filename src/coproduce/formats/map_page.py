"""An opinion map as one page of its own: no network, no script, readable on a phone."""

from collections.abc import Iterable
from html import escape

from coproduce.analysis import OpinionMap
from coproduce.formats.map_words import DivideLine, GroupLine, MapWords, SharedLine, public_dots
from coproduce.formats.picture import PRINT, draw_map

_DARK_GROUPS = ("#7db8ee", "#f5a15f", "#c0a5f0", "#6fd0ab", "#f29ac4")
_SHAPES = {
    "B": "border-radius:2px",
    "C": "clip-path:polygon(50% 0,100% 100%,0 100%);padding-top:.5em",
    "D": "clip-path:polygon(50% 0,100% 50%,50% 100%,0 50%)",
    "E": "clip-path:polygon(50% 0,100% 38%,82% 100%,18% 100%,0 38%)",
}
_STYLE = """
:root{color-scheme:light dark;--paper:#faf6ee;--card:#fffdf9;--wash:#f1e9da;--rule:#e2d8c6;
--ink:#1d2229;--soft:#454c56;--on-group:#fffdf9;LIGHT}
@media(prefers-color-scheme:dark){:root{--paper:#16191d;--card:#1e2227;--wash:#252b32;
--rule:#363c44;--ink:#f3eee4;--soft:#c3c8cf;--on-group:#16191d;DARK}}
*{box-sizing:border-box}
html{font:112.5%/1.55 "Atkinson Hyperlegible Next","Atkinson Hyperlegible",system-ui,sans-serif;
color:var(--ink);background:var(--paper);text-size-adjust:100%}
body{margin:0;overflow-wrap:break-word}
main{max-width:62rem;margin:0 auto;padding:32px 20px 56px}
h1{font-size:clamp(1.7rem,1.2rem + 2.4vw,2.6rem);line-height:1.15;margin:0 0 24px;text-wrap:balance}
h2{font-size:1.35rem;line-height:1.25;margin:40px 0 8px}
p,li{max-width:66ch}p{margin:0 0 16px}
.eyebrow,figcaption,.soft{color:var(--soft);font-size:.95rem}
figure{margin:0}svg{display:block;height:auto}
.all{background:var(--wash);border-radius:10px;padding:4px 24px 12px;margin-top:32px}
.all h2{margin-top:20px}ol{padding-left:1.4em}li{margin-bottom:12px}
.share{font-weight:700}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
caption{text-align:left;font-weight:700;padding:16px 0 8px}
th,td{text-align:left;vertical-align:top;padding:10px 14px 10px 0;
border-bottom:1px solid var(--rule)}
td ul{margin:0;padding-left:1.1em}
.mark{display:inline-flex;align-items:center;justify-content:center;width:1.8em;height:1.8em;
font-weight:700;font-size:.85em;line-height:1;color:var(--on-group);border-radius:50%}
@media(max-width:40rem){thead{position:absolute;clip-path:inset(50%);height:1px;overflow:hidden}
tr,th,td{display:block;border:0;padding:2px 0}tr{border-bottom:1px solid var(--rule);padding:10px 0}
td[data-of]::before{content:attr(data-of) ": ";color:var(--soft)}}
"""


def map_page(found: OpinionMap, told: MapWords, *, title: str, source: str) -> str:
    """The whole page as text. `title`: the question; `source`: where the votes are from."""
    body = [_head(told, title)]
    if told.too_few:
        body.append(f"<p>{escape(told.too_few)}</p>")
    else:
        body += [_figure(found, told)]
        body += [_groups(told.groups)] if len(told.groups) > 1 else [f"<p>{told.how_groups}</p>\n"]
        body += [_shared(told)]
        if len(told.groups) > 1:
            body += [_divides(told.divides, [group.label for group in told.groups])]
    body.append(_how(found, told, source))
    return (
        '<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_style()}</style></head>\n"
        f"<body><main>\n{''.join(body)}</main></body></html>\n"
    )


def _style() -> str:
    light = _group_tokens(PRINT.groups)
    marks = "".join(
        f".mark.{letter.lower()}{{background:var(--group-{letter.lower()});"
        f"{'border-radius:0;' if letter in _SHAPES else ''}{_SHAPES.get(letter, '')}}}\n"
        for letter in "ABCDE"
    )
    tokens = _STYLE.replace("LIGHT", light).replace("DARK", _group_tokens(_DARK_GROUPS))
    return tokens + marks


def _group_tokens(colours: Iterable[str]) -> str:
    return ";".join(
        f"--group-{letter}:{colour}" for letter, colour in zip("abcde", colours, strict=True)
    )


def _head(told: MapWords, title: str) -> str:
    return (
        f'<p class="eyebrow">{told.people[:1].upper()}{told.people[1:]}, {told.votes:,} answers, '
        f"{told.statements}</p>\n<h1>{escape(title)}</h1>\n"
    )


def _figure(found: OpinionMap, told: MapWords) -> str:
    groups = "; ".join(f"group {group.label}, {group.people}" for group in told.groups)
    picture = draw_map(
        public_dots(found),
        title=f"Where {told.people} stand",
        description=f"People who answer alike stand close: {groups}. The table says the same.",
        prefix="map",
    )
    return (
        f"<figure>{picture}<figcaption>Each mark is one person, a larger mark several; people who "
        "answer alike stand close. A small ring is somebody in no group. The directions have no "
        "meaning of their own.</figcaption></figure>\n"
    )


def _groups(groups: Iterable[GroupLine]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{_mark(group.label)}</th>'
        f'<td data-of="People">{escape(group.people)}</td>'
        f'<td data-of="Agrees more than others">{_listed(group.more)}</td>'
        f'<td data-of="Agrees less than others">{_listed(group.less)}</td></tr>\n'
        for group in groups
    )
    return (
        '<div class="scroll"><table><caption>The same in words</caption><thead><tr>'
        '<th scope="col">Group</th><th scope="col">People</th>'
        '<th scope="col">Agrees more than others</th><th scope="col">Agrees less than others</th>'
        f"</tr></thead><tbody>\n{rows}</tbody></table></div>\n"
    )


def _mark(label: str) -> str:
    return f'<span class="mark {label.lower()}">{escape(label)}</span>'


def _listed(sentences: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f"<ul>{items}</ul>" if items else "nothing that stands out for sure"


def _shared(told: MapWords) -> str:
    agreed = _shared_list(told.agreed, "agree") or (
        "<p>No statement yet of which we can be sure that most of every group agree.</p>"
    )
    parts = [f'<section class="all"><h2>What all groups agree on</h2>\n{agreed}']
    if told.rejected:
        parts.append(f"<h2>What all groups reject</h2>\n{_shared_list(told.rejected, 'disagree')}")
    return "".join((*parts, "</section>\n"))


def _shared_list(lines: Iterable[SharedLine], verb: str) -> str:
    items = "".join(
        f'<li>{escape(line.words)}<br><span class="share">{line.share} {verb} in every group'
        f'</span> <span class="soft">· {line.answered} answered</span></li>\n'
        for line in lines
    )
    return f"<ol>\n{items}</ol>\n" if items else ""


def _divides(lines: Iterable[DivideLine], labels: Iterable[str]) -> str:
    groups = list(labels)
    rows = "".join(
        f'<tr><th scope="row">{escape(line.words)}</th>'
        + "".join(
            f'<td data-of="Group {label}">{escape(line.by_group[label])}</td>' for label in groups
        )
        + "</tr>\n"
        for line in lines
    )
    if not rows:
        return "<h2>What divides us</h2>\n<p>No statement parts the groups for sure.</p>\n"
    heads = "".join(f'<th scope="col">Group {label}</th>' for label in groups)
    return (
        '<h2>What divides us</h2>\n<div class="scroll"><table>'
        "<caption>How many agree, most divided first</caption>"
        f'<thead><tr><th scope="col">Statement</th>{heads}</tr></thead>'
        f"<tbody>\n{rows}</tbody></table></div>\n"
    )


def _how(found: OpinionMap, told: MapWords, source: str) -> str:
    kept_back = (
        f"<p>{told.kept_back} more lines rest on fewer than ten people in a group and are not "
        "shown.</p>\n"
        if told.kept_back
        else ""
    )
    return (
        "<h2>How this was done</h2>\n"
        "<p>The map puts people close who answered alike, along the two main lines of "
        f"disagreement. {told.how_groups} In no group: {told.ungrouped}; of them between groups: "
        f"{told.between}, the others answered too little. “At least” means that we are 95 % sure "
        "for the group that agrees least, if those who answered are like those who did not. A "
        "statement divides where the difference between two groups is beyond chance. Shares are "
        "told in steps of one in ten, so that nobody’s answer can be worked out.</p>\n"
        f'{kept_back}<p class="soft">Votes: {escape(source)}. Method: {escape(found.method)}. '
        f"Seed {found.seed}. Digest of the votes: {found.input_digest}.</p>\n"
    )
