"""A chart read back: its words with the room they take, its marks, its table."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from coproduce.formats.charts.chart import Chart
from coproduce.formats.charts.lettering import width_of

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</title><script>alert("1")</script>&amp;\'-->\x00\x1b ' * 2
PAINTED = ("fill", "stroke")


@dataclass(frozen=True)
class Box:
    """A line of words and the rectangle it takes up."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left + 0.5 < other.right
            and other.left + 0.5 < self.right
            and self.top + 0.5 < other.bottom
            and other.top + 0.5 < self.bottom
        )


def root_of(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def boxes(svg: str) -> list[Box]:
    return [box for word in root_of(svg).iter(f"{SVG}text") for box in _boxes(word)]


def _boxes(word: ElementTree.Element) -> Iterator[Box]:
    """One box, or one for each part of a line that has several."""
    x, y = float(word.get("x", "")), float(word.get("y", ""))
    anchored = {"end": 1.0, "middle": 0.5}.get(word.get("text-anchor", "start"), 0.0)
    for part in list(word) or [word]:
        size = float(part.get("font-size", ""))
        wide = width_of(part.text or "", size, bold=part.get("font-weight") == "700")
        left = x + float(part.get("dx", "0")) - wide * anchored
        yield Box(part.text or "", left, y - 0.72 * size, left + wide, y + 0.2 * size)
        x = left + wide


def meeting(svg: str) -> list[tuple[str, str]]:
    """Words that lie on each other."""
    met, above = [], list[Box]()
    for box in sorted(boxes(svg), key=lambda each: each.top):
        above = [each for each in above if each.bottom > box.top]
        met += [(each.text, box.text) for each in above if each.meets(box)]
        above.append(box)
    return met


def outside(svg: str) -> list[str]:
    """Words that leave the picture."""
    root = root_of(svg)
    wide, high = float(root.get("width", "")), float(root.get("height", ""))
    return [
        each.text
        for each in boxes(svg)
        if each.left < -0.5 or each.right > wide + 0.5 or each.top < 0 or each.bottom > high
    ]


def painted(svg: str, paint: str) -> list[ElementTree.Element]:
    """The marks of one paint, in the order they were drawn."""
    return [part for part in root_of(svg).iter() if part.get("class") == paint]


def forms(chart: Chart) -> tuple[str, str]:
    return chart.svg, chart.narrow


def _readable(text: str) -> str:
    return "".join(letter for letter in text if letter not in "\x00\x1b")


def well_drawn(chart: Chart) -> None:
    """What every chart has to pass, in both its forms."""
    for svg in forms(chart):
        root = root_of(svg)
        named = {part.get("id"): part.text for part in root.iter() if part.get("id")}
        assert root.get("role") == "img"
        heard = [named[name] for name in (root.get("aria-labelledby") or "").split()]
        assert heard == [_readable(chart.title), _readable(chart.desc)]
        assert all("style" not in part.attrib for part in root.iter())
        assert {part.tag.removeprefix(SVG) for part in root.iter()} <= {
            "svg", "title", "desc", "g", "path", "rect", "circle", "text", "tspan",
        }  # fmt: skip
        assert meeting(svg) == []
        assert outside(svg) == []
        assert "nan" not in svg
        assert "inf" not in svg.replace("information", "")
    ids = [part.get("id") for svg in forms(chart) for part in root_of(svg).iter() if part.get("id")]
    assert len(set(ids)) == len(ids) == 4
    assert all(len(row) == len(chart.columns) for row in chart.rows)
    assert chart.sentence.endswith(".")
    assert chart.sentence in chart.desc
