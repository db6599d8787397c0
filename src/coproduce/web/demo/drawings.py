"""The pictures of the story, cut from coloured paper: drawn here, so that nobody is in them.

A sheet is 1200 units wide and 800 high, drawn large and made smaller so that edges are smooth.
The colours are those of the site (`static/coproduce.css`). By the fictional illustrator Made-up
Ida; anybody may use them as CC BY 4.0.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from math import cos, pi, sin
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDE, HIGH = 1200, 800
DRAWN, KEPT = 3200, 1600  # pixels across: while drawing, and afterwards
FONT = "atkinson-hyperlegible-next-latin-700-normal.woff2"
FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts"

PAPER, CARD, WASH, RULE = "#faf6ee", "#fffdf9", "#f1e9da", "#e2d8c6"
INK, SOFT, BRICK, SUN = "#1d2229", "#454c56", "#8f321d", "#f2b134"
BLUE, GREEN, PLUM, RUST, OLIVE = "#1560a0", "#0b6b4f", "#5b3a93", "#b34700", "#5f5500"
WOOD, LEAF, ROSE, SKY = "#c8975c", "#7c9a6b", "#d9a08c", "#dfe7e6"
SKINS = ("#f0c9a4", "#8d5a3a", "#c98d5e", "#5a3825", "#e3b184", "#a8703f")
SHADOW = (29, 34, 41, 38)

Point = tuple[float, float]


@dataclass(frozen=True)
class Looks:
    """How one of the paper people looks."""

    shirt: str
    skin: str = SKINS[0]
    hair: str = INK
    style: str = "short"  # "short", "long", "bun", "scarf", "curls", "bald"


MAYA = Looks(BRICK, SKINS[2], INK, "long")
OMAR = Looks(BLUE, SKINS[1], INK, "short")
TESS = Looks(SUN, SKINS[0], "#b5651d", "bun")
ELSIE = Looks(PLUM, SKINS[4], "#d8d4cc", "curls")
NELL = Looks(GREEN, SKINS[0], "#6c2312", "short")
BRAM = Looks(OLIVE, SKINS[4], "#857a66", "bald")
ZOLA = Looks(RUST, SKINS[3], SUN, "scarf")
RAVI = Looks(BLUE, SKINS[5], INK, "curls")
OTHERS = (
    Looks(SOFT, SKINS[0], "#b5651d", "long"),
    Looks(RUST, SKINS[3], INK, "curls"),
    Looks(GREEN, SKINS[2], INK, "bun"),
    Looks(BLUE, SKINS[4], "#d8d4cc", "short"),
    Looks(PLUM, SKINS[1], SUN, "scarf"),
    Looks(OLIVE, SKINS[5], INK, "short"),
    Looks(BRICK, SKINS[0], "#857a66", "curls"),
)


class Sheet:
    """A sheet of paper that shapes are laid on, each with a little shadow under it."""

    def __init__(self, ground: str) -> None:
        self.scale = DRAWN / WIDE
        self.image = Image.new("RGB", (DRAWN, round(HIGH * self.scale)), ground)
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def cut(self, points: Sequence[Point], colour: str, *, lift: float = 4) -> None:
        """A shape with corners."""
        if lift:
            self.pen.polygon(self._at([(x + lift, y + lift) for x, y in points]), SHADOW)
        self.pen.polygon(self._at(points), colour)

    def box(
        self, x: float, y: float, wide: float, high: float, colour: str, *, round_: float = 0,
        lift: float = 4,
    ) -> None:  # fmt: skip
        for by, fill in ((lift, SHADOW), (0, colour)):
            if by or fill == colour:
                corners = self._at([(x + by, y + by), (x + wide + by, y + high + by)])
                self.pen.rounded_rectangle(corners, round_ * self.scale, fill)

    def disc(
        self, x: float, y: float, across: float, colour: str, *, high: float = 0, lift: float = 3
    ) -> None:
        up = (high or across) / 2
        for by, fill in ((lift, SHADOW), (0, colour)):
            if by or fill == colour:
                corners = [(x - across / 2 + by, y - up + by), (x + across / 2 + by, y + up + by)]
                self.pen.ellipse(self._at(corners), fill)

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        self.pen.line(self._at(points), colour, round(width * self.scale), joint="curve")
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width, colour, lift=0)

    def words(self, x: float, y: float, words: str, size: float, colour: str = INK) -> None:
        font = _font(round(size * self.scale))
        self.pen.text(self._at([(x, y)])[0], words, colour, font=font, anchor="lm")

    def person(self, x: float, y: float, size: float, looks: Looks, *, back: bool = False) -> None:
        """Somebody down to the waist, whose shoulders begin at y; `back`: seen from behind."""
        self.cut(_shoulders(x, y, size), looks.shirt)
        head = y - 0.36 * size
        if looks.style == "long":
            self.box(x - 0.34 * size, head - 0.3 * size, 0.68 * size, 0.78 * size, looks.hair,
                     round_=0.3 * size, lift=2)  # fmt: skip
        if not back:
            self.box(x - 0.1 * size, y - 0.2 * size, 0.2 * size, 0.3 * size, looks.skin,
                     round_=0.08 * size, lift=0)  # fmt: skip
        self.disc(x, head, 0.56 * size, looks.skin, high=0.64 * size, lift=2)
        self._hair(x, head, size, looks, back=back)

    def _hair(self, x: float, head: float, size: float, looks: Looks, *, back: bool) -> None:
        if looks.style == "bald":
            if back:
                self._cap(x, head + 0.2 * size, size, looks.hair, turn=False)
            return
        if back:
            self.disc(x, head, 0.6 * size, looks.hair, high=0.7 * size, lift=0)
        else:
            self._cap(x, head, size, looks.hair)
        if looks.style == "bun":
            self.disc(x, head - 0.42 * size, 0.26 * size, looks.hair, lift=0)
        if looks.style == "curls":
            for turn in range(7):
                angle = pi + turn * pi / 6
                self.disc(x + 0.3 * size * cos(angle), head + 0.3 * size * sin(angle),
                          0.24 * size, looks.hair, lift=0)  # fmt: skip
        if looks.style == "scarf" and not back:
            self.cut([(x - 0.3 * size, head), (x + 0.3 * size, head), (x + 0.2 * size,
                     head - 0.36 * size), (x - 0.2 * size, head - 0.36 * size)],
                     looks.hair, lift=0)  # fmt: skip
            self.disc(x + 0.3 * size, head - 0.1 * size, 0.18 * size, looks.hair, lift=0)

    def _cap(self, x: float, head: float, size: float, colour: str, *, turn: bool = True) -> None:
        corners = [(x - 0.3 * size, head - 0.35 * size), (x + 0.3 * size, head + 0.25 * size)]
        self.pen.pieslice(self._at(corners), 180 if turn else 0, 360 if turn else 180, colour)

    def _at(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self.scale, y * self.scale) for x, y in points]

    def as_jpeg(self) -> bytes:
        kept = self.image.resize((KEPT, KEPT * HIGH // WIDE), Image.Resampling.LANCZOS)
        file = BytesIO()
        kept.save(file, "JPEG", quality=90)
        return file.getvalue()


@lru_cache(maxsize=16)
def _font(pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / FONT, pixels)


def _shoulders(x: float, y: float, size: float) -> list[Point]:
    """The outline of a body: round above, straight below."""
    half, depth = 0.56 * size, 1.5 * size
    arc = [
        (x - half * cos(step * pi / 24), y + 0.42 * size * (1 - sin(step * pi / 24)))
        for step in range(25)
    ]
    return [(x - half, y + depth), *arc, (x + half, y + depth)]


def _room(sheet: Sheet, wall: str = WASH, floor: str = "#d9b98c") -> None:
    """A wall with a lighter band, and a wooden floor."""
    sheet.box(0, 0, WIDE, 560, wall, lift=0)
    sheet.box(0, 560, WIDE, 240, floor, lift=0)
    sheet.box(0, 548, WIDE, 14, RULE, lift=0)


def _window(sheet: Sheet, x: float, y: float, wide: float = 190, high: float = 250) -> None:
    sheet.box(x, y, wide, high, CARD, round_=8)
    sheet.box(x + 12, y + 12, wide - 24, high - 24, SKY, round_=4, lift=0)
    sheet.disc(x + wide * 0.68, y + high * 0.36, 52, SUN, lift=0)
    sheet.cut([(x + 12, y + high - 12), (x + 12, y + high * 0.7), (x + wide * 0.45,
              y + high * 0.55), (x + wide - 12, y + high * 0.72), (x + wide - 12, y + high - 12)],
              LEAF, lift=0)  # fmt: skip
    sheet.box(x + wide / 2 - 5, y, 10, high, CARD, lift=0)
    sheet.box(x, y + high / 2 - 5, wide, 10, CARD, lift=0)


def _bunting(sheet: Sheet, y: float) -> None:
    colours = (BRICK, SUN, BLUE, GREEN, ROSE)
    sheet.line([(n * 60.0, y + 26 * sin(n * pi / 20)) for n in range(21)], SOFT, 3)
    for n in range(20):
        x, drop = n * 60.0, y + 26 * sin((n + 0.5) * pi / 20)
        sheet.cut([(x + 8, drop), (x + 52, drop), (x + 30, drop + 46)], colours[n % 5], lift=3)


def _cup(sheet: Sheet, x: float, y: float, colour: str) -> None:
    sheet.disc(x + 22, y, 22, colour)
    sheet.disc(x, y, 44, colour)
    sheet.disc(x, y, 32, "#6b4a2f", lift=0)


def hall() -> bytes:
    """The hall from outside, early, with the lights on."""
    sheet = Sheet("#f6dfb4")
    sheet.disc(960, 190, 150, SUN, lift=0)
    for x, across in ((60, 330), (250, 420), (980, 420), (1170, 360)):
        sheet.disc(x, 610, across, LEAF, lift=0)
    sheet.box(0, 620, WIDE, 180, "#cdb88f", lift=0)
    sheet.cut([(470, 800), (560, 620), (660, 620), (800, 800)], WASH, lift=0)
    sheet.box(260, 350, 680, 280, "#b65a3d")
    sheet.cut([(210, 360), (600, 150), (990, 360)], BRICK, lift=8)
    sheet.disc(600, 275, 84, CARD)
    sheet.line([(600, 275), (600, 247)], INK, 5)
    sheet.line([(600, 275), (622, 285)], INK, 5)
    for x in (310, 420, 720, 830):
        sheet.box(x, 410, 72, 130, CARD, round_=36)
        sheet.box(x + 8, 418, 56, 114, SUN, round_=28, lift=0)
        sheet.box(x + 32, 418, 7, 114, CARD, lift=0)
    sheet.box(545, 440, 110, 190, CARD, round_=8)
    sheet.box(555, 450, 43, 180, GREEN, lift=0)
    sheet.box(602, 450, 43, 180, "#f9d98d", lift=0)
    sheet.cut([(655, 630), (900, 664), (655, 664)], "#d8cbb0", lift=0)
    sheet.line([(665, 590), (890, 628)], SOFT, 6)
    for x in (672, 740, 812, 884):
        sheet.line([(x, 590 + (x - 665) * 0.17), (x, 634 + (x - 672) * 0.13)], SOFT, 5)
    sheet.box(462, 368, 276, 48, CARD, round_=8)
    sheet.words(490, 393, "MADE-UP HALL", 32)
    _bunting(sheet, 44)
    sheet.person(505, 640, 74, Looks(SUN, SKINS[1], INK, "short"), back=True)
    return sheet.as_jpeg()


def table() -> bytes:
    """Three people at a table, sheets and cups between them."""
    sheet = Sheet(WASH)
    _room(sheet)
    _window(sheet, 90, 110)
    _window(sheet, 905, 110)
    sheet.box(430, 90, 340, 220, CARD, round_=6)
    for row, colour in enumerate((BRICK, BLUE, GREEN)):
        sheet.box(462, 128 + 56 * row, 60, 34, SUN if row == 1 else ROSE, lift=2)
        sheet.box(544, 138 + 56 * row, 180 - 30 * row, 12, colour, round_=6, lift=0)
    sheet.person(330, 420, 200, MAYA)
    sheet.person(600, 390, 200, OMAR)
    sheet.person(870, 420, 200, TESS)
    sheet.disc(600, 690, 1080, WOOD, high=330, lift=10)
    sheet.disc(600, 680, 1040, "#d6a86c", high=300, lift=0)
    for x, y, turn in ((380, 640, -18), (610, 612, 6), (800, 652, 20)):
        sheet.cut([(x - 70, y + turn), (x + 64, y - 22 + turn), (x + 84, y + 48), (x - 56, y + 72)],
                  CARD)  # fmt: skip
        for row in range(3):
            sheet.line([(x - 36, y + 14 + row * 15), (x + 40 - row * 14, y + row * 15)], SOFT, 4)
    _cup(sheet, 500, 700, BLUE)
    _cup(sheet, 720, 716, BRICK)
    _cup(sheet, 250, 700, GREEN)
    sheet.disc(940, 710, 120, CARD, high=56)
    for x in (915, 945, 968):
        sheet.disc(x, 698, 36, "#a8703f", high=26, lift=1)
    return sheet.as_jpeg()


LINES = (
    "Ring first, write later",
    "Fares at the door",
    "One page, plain words",
    "Who is missing? Ask them",
    "Say what came of it",
)


def flipchart() -> bytes:
    """A flipchart with five lines on it."""
    sheet = Sheet(WASH)
    _room(sheet)
    _window(sheet, 960, 120, 170, 230)
    for x, foot in ((330, 240), (800, 890)):
        sheet.line([(x, 600), (foot, 770)], SOFT, 14)
    sheet.box(270, 40, 590, 660, SOFT, round_=10, lift=10)
    sheet.box(286, 66, 558, 622, CARD, lift=0)
    sheet.box(286, 66, 558, 26, RULE, lift=0)
    sheet.words(330, 148, "WHERE DO WE BEGIN?", 40, BRICK)
    sheet.line([(330, 184), (760, 178)], SUN, 9)
    for row, (words, colour) in enumerate(zip(LINES, (INK, BLUE, INK, GREEN, INK), strict=True)):
        y = 250 + 84 * row
        sheet.disc(348, y, 18, SUN if row % 2 else BRICK, lift=0)
        sheet.words(378, y, words, 34, colour)
    for x, colour in ((360, BRICK), (420, BLUE), (480, GREEN)):
        sheet.box(x, 690, 46, 14, colour, round_=6)
    sheet.box(955, 470, 190, 24, WOOD, round_=8)
    sheet.box(975, 494, 20, 250, WOOD)
    sheet.box(1105, 494, 20, 250, WOOD)
    _cup(sheet, 1040, 452, BRICK)
    for x, y, colour in ((70, 150, SUN), (160, 210, ROSE), (90, 290, "#bcd3e6"), (170, 350, SUN)):
        sheet.cut([(x, y), (x + 70, y - 6), (x + 74, y + 62), (x + 4, y + 68)], colour)
        sheet.line([(x + 14, y + 22), (x + 54, y + 18)], SOFT, 4)
        sheet.line([(x + 16, y + 40), (x + 44, y + 37)], SOFT, 4)
    return sheet.as_jpeg()


def crowd() -> bytes:
    """The whole room from behind, hands up."""
    sheet = Sheet(WASH)
    _room(sheet, floor="#cfae80")
    _bunting(sheet, 24)
    sheet.box(330, 120, 540, 330, CARD, round_=10)
    for dot_x, dot_y, colour, across in (
        (470, 250, BLUE, 22), (520, 300, BLUE, 22), (490, 330, BLUE, 22), (540, 240, BLUE, 22),
        (700, 230, RUST, 22), (740, 300, RUST, 22), (690, 320, RUST, 22), (610, 280, SOFT, 14),
    ):  # fmt: skip
        sheet.disc(dot_x, dot_y, across, colour, lift=0)
    sheet.line([(390, 400), (810, 400)], RULE, 5)
    for row in range(3):
        size, y, count = 96.0 + 34 * row, 490.0 + 110 * row, 9 - 2 * row
        step = WIDE / count
        for seat in range(count):
            x = step * (seat + 0.5) + (-14 if (seat + row) % 2 else 12)
            looks = OTHERS[(seat * 3 + row * 2) % len(OTHERS)]
            if (seat + row) % 3 != 1:
                hand = x + (0.52 if seat % 2 else -0.52) * size
                sheet.line([(hand, y + 0.5 * size), (hand + 6, y - 0.75 * size)], looks.shirt,
                           0.2 * size)  # fmt: skip
                sheet.disc(hand + 7, y - 0.86 * size, 0.24 * size, looks.skin, lift=0)
            sheet.person(x, y, size, looks, back=True)
    return sheet.as_jpeg()


def microphone() -> bytes:
    """Somebody with grey curls at the microphone."""
    sheet = Sheet("#e9dcc3")
    _room(sheet, wall="#e9dcc3")
    sheet.disc(600, 330, 620, "#f3e7cf", lift=0)
    sheet.person(560, 400, 330, ELSIE)
    sheet.line([(800, 780), (800, 330), (730, 300)], INK, 12)
    sheet.disc(712, 292, 62, SOFT, high=78)
    sheet.disc(800, 782, 170, INK, high=34)
    _bunting(sheet, 30)
    return sheet.as_jpeg()


def wall() -> bytes:
    """Somebody from the side of a wall full of sticky notes."""
    sheet = Sheet("#ece4d3")
    _room(sheet, wall="#ece4d3")
    colours = (SUN, ROSE, "#bcd3e6", "#cfe0c3", SUN)
    for row in range(4):
        for column in range(8):
            x, y = 90 + 104 * column + 9 * (row % 2), 70 + 104 * row + 7 * (column % 3)
            if (row, column) in {(1, 5), (2, 2), (3, 6)}:
                continue
            lean = (row * 5 + column * 3) % 7 - 3
            sheet.cut([(x, y + lean), (x + 78, y - lean), (x + 80, y + 76), (x + 3, y + 80)],
                      colours[(row + 2 * column) % 5])  # fmt: skip
            sheet.line([(x + 16, y + 28), (x + 58, y + 25)], SOFT, 5)
            sheet.line([(x + 16, y + 48), (x + 46, y + 46)], SOFT, 5)
    sheet.line([(900, 620), (800, 500), (690, 300)], GREEN, 62)
    sheet.disc(682, 286, 62, SKINS[0])
    sheet.person(960, 450, 290, NELL, back=True)
    return sheet.as_jpeg()


def tea() -> bytes:
    """Two people by the urn, each with a cup."""
    sheet = Sheet(WASH)
    _room(sheet)
    _window(sheet, 505, 90, 190, 240)
    sheet.box(90, 470, 1020, 40, WOOD, round_=8, lift=8)
    sheet.box(520, 300, 170, 180, "#b8bcc0", round_=20)
    sheet.disc(605, 300, 150, "#d5d8da", high=44, lift=0)
    sheet.box(592, 430, 26, 30, INK, round_=6, lift=0)
    for x in (740, 800, 860):
        sheet.box(x, 430, 44, 42, CARD, round_=8)
    sheet.person(290, 430, 270, BRAM)
    sheet.person(930, 430, 270, ZOLA)
    for shoulder, x, looks, cup in ((400, 500, BRAM, BRICK), (820, 720, ZOLA, BLUE)):
        elbow = (shoulder + x) / 2
        sheet.line([(shoulder, 560), (elbow, 690), (x, 628)], looks.shirt, 62)
        sheet.disc(x, 620, 58, looks.skin)
        sheet.box(x - 34, 560, 68, 66, cup, round_=12)
        for lean in (-10, 10):
            sheet.line([(x + lean, 546), (x + lean + 7, 530), (x + lean, 514)], "#cdbfa6", 5)
    return sheet.as_jpeg()


def on_the_line() -> bytes:
    """Somebody beside a large screen with faces on the line."""
    sheet = Sheet("#e6e0d2")
    _room(sheet, wall="#e6e0d2")
    sheet.box(90, 80, 700, 430, INK, round_=16, lift=10)
    for number in range(6):
        x, y = 112 + 222 * (number % 3), 102 + 200 * (number // 3)
        ground = ("#f6dfb4", SKY, "#ead3c8", "#dbe6d3", WASH, "#dfd7ea")[number]
        sheet.box(x, y, 210, 186, ground, round_=8, lift=0)
        looks = OTHERS[number]
        sheet.person(x + 105, y + 112, 100, looks)
    for number in range(3):
        sheet.box(112 + 222 * number, 288, 210, 14, INK, lift=0)
    sheet.box(90, 488, 700, 60, "#e6e0d2", lift=0)
    sheet.box(0, 560, 800, 240, "#d9b98c", lift=0)
    sheet.box(0, 548, 800, 14, RULE, lift=0)
    sheet.box(90, 480, 700, 30, INK, round_=14, lift=6)
    sheet.box(410, 510, 60, 60, SOFT)
    sheet.person(960, 420, 300, RAVI)
    return sheet.as_jpeg()


DRAWINGS: dict[str, Callable[[], bytes]] = {
    "hall": hall,
    "table": table,
    "flipchart": flipchart,
    "crowd": crowd,
    "microphone": microphone,
    "wall": wall,
    "tea": tea,
    "line": on_the_line,
}
