"""The report as slides (PPTX): one idea each, large letters, the source in the speaker's notes."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Pt

from coproduce.reports.files.edition import Edition, whole
from coproduce.reports.photographs import photograph_of
from coproduce.reports.pieces import (
    Decided,
    Gone,
    Heading,
    Insight,
    Next,
    Number,
    Photo,
    Piece,
    Programme,
    Quote,
    Text,
    Voice,
)
from coproduce.reports.rich import Passage

KIND = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
LANGUAGE = "en-GB"
FONT = "Arial"  # on every machine
PAPER, WASH = RGBColor(0xFA, 0xF6, 0xEE), RGBColor(0xF1, 0xE9, 0xDA)
INK, SOFT = RGBColor(0x1D, 0x22, 0x29), RGBColor(0x45, 0x4C, 0x56)
SUN = RGBColor(0xF2, 0xB1, 0x34)
WIDTH, HEIGHT, EDGE = Inches(13.333), Inches(7.5), Inches(0.9)
ACROSS = Inches(13.333 - 2 * 0.9)
LAYOUTS = {"title": 0, "words": 1, "alone": 5}
LINES_EACH, LETTERS_EACH, QUOTES_EACH = 6, 260, 2


@dataclass(frozen=True)
class Idea:
    """One slide: its title, its lines, what the speaker knows beside it."""

    title: str
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    is_big: bool = False  # a section, or the cover: the title alone, on the darker ground
    are_points: bool = False
    photo: Photo | None = None


def slides_of(edition: Edition) -> bytes:
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    _sign(deck, edition)
    for idea in ideas_of(edition):
        _draw(deck, idea, edition)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def ideas_of(edition: Edition) -> Iterator[Idea]:
    """The report as ideas, in its order."""
    byline = f"By {edition.byline}" if edition.byline else "Report of the day"
    yield Idea(edition.title, (byline, edition.when), tuple(edition.permission), is_big=True)
    under = edition.title
    for piece in edition.pieces:
        if isinstance(piece, Heading):
            under = piece.words
        yield from _ideas(piece, under)
    if edition.notes:
        changed = [f"Version {each.number}: {each.note}" for each in edition.notes]
        yield from _spread("What changed in this report", changed)
    yield Idea("Read it all, and what came of it", (edition.address.partition("://")[2],))


def _ideas(piece: Piece, under: str) -> Iterator[Idea]:
    match piece:
        case Heading():
            yield Idea(piece.words, is_big=True)
        case Text():
            yield from _text(under, piece.passages)
        case Programme():
            lines = [f"{item.clock}  {item.title}" for item in piece.items]
            yield from _spread(under, lines)
        case Insight():
            yield from _insight(piece)
        case Voice():
            yield Idea(under, (_said(piece.said),), _basis([piece.said]))
        case Photo():
            yield _photo(piece, under)
        case Number():
            yield Idea(under, (piece.content.sentence, *_corrected(piece)), _behind(piece))
        case Decided():
            yield _decided(piece)
        case Next():
            yield Idea("What happens next", (_step(piece),))


def _text(under: str, passages: Sequence[Passage]) -> Iterator[Idea]:
    """Paragraph by paragraph; the points of a list stay together."""
    points: list[str] = []
    for passage in passages:
        if passage.is_point:
            points.append(passage.words)
            continue
        yield from _spread(under, points, are_points=True)
        points = []
        yield from _spread(under, _cut(passage.words))
    yield from _spread(under, points, are_points=True)


def _insight(piece: Insight) -> Iterator[Idea]:
    """The point as the title, two voices to a slide; what came of it by itself."""
    said = piece.said
    for at in range(0, max(len(said), 1), QUOTES_EACH):
        some = said[at : at + QUOTES_EACH]
        yield Idea(piece.words, tuple(map(_said, some)), _basis(some))
    for answer in piece.answers:
        notes = (f"It answers: {piece.words}", f"Told on {answer.at:%-d %B %Y}.")
        yield Idea(answer.get_kind_display(), (answer.words,), notes)


def _said(said: Quote | Gone) -> str:
    if isinstance(said, Gone):
        return said.sentence
    who = said.who or said.source
    return f"{said.marked}\n– {who}"


def _basis(said: Sequence[Quote | Gone]) -> tuple[str, ...]:
    return tuple(each.basis for each in said if isinstance(each, Quote))


def _photo(piece: Photo, under: str) -> Idea:
    if isinstance(piece.shown, Gone):
        return Idea(under, (piece.shown.sentence,))
    notes = (piece.alt, piece.whose, piece.shown.basis)
    return Idea(piece.title or under, (), notes, photo=piece)


def _corrected(piece: Number) -> tuple[str, ...]:
    return (f"Correction: {piece.correction}",) if piece.correction else ()


def _behind(piece: Number) -> tuple[str, ...]:
    content = piece.content
    table = [" · ".join(map(str, row)) for row in content.rows] if piece.has_table else []
    source = f"How do we know this? {whole('trust:figure', piece.figure)}"
    return (content.about, *table, *content.limits, source)


def _decided(piece: Decided) -> Idea:
    decision = piece.decision
    over = decision.superseded_by
    gone = (f"It no longer holds. Instead: {over.words}",) if over else ()
    notes = (
        *filter(None, (decision.why,)),
        f"Decided on {decision.decided_on:%-d %B %Y} by {decision.decided_by}",
    )
    return Idea("We decided", (decision.words, *gone), notes)


def _step(piece: Next) -> str:
    who = f" {piece.who} sees to it." if piece.who else ""
    by_when = f" By {piece.by_when:%-d %B %Y}." if piece.by_when else ""
    return f"{piece.words}{who}{by_when}"


def _spread(title: str, lines: Sequence[str], *, are_points: bool = True) -> Iterator[Idea]:
    """As many lines to a slide as one reads from the back row."""
    some: list[str] = []
    for line in lines:
        is_full = len(some) == LINES_EACH or sum(map(len, some)) + len(line) > LETTERS_EACH
        if some and is_full:
            yield Idea(title, tuple(some), are_points=are_points)
            some = []
        some.append(line)
    if some:
        yield Idea(title, tuple(some), are_points=are_points and len(lines) > 1)


def _cut(words: str) -> list[str]:
    """A long paragraph, sentence by sentence where it does not fit."""
    if len(words) <= LETTERS_EACH:
        return [words]
    return [f"{each.rstrip('.')}." for each in words.split(". ") if each]


# Drawing


def _sign(deck: Deck, edition: Edition) -> None:
    about = deck.core_properties
    about.title, about.subject, about.language = edition.named, edition.when, LANGUAGE
    about.author = edition.byline or edition.publisher
    about.last_modified_by = about.comments = about.keywords = ""
    about.created = about.modified = edition.published_at.replace(tzinfo=None)


def _draw(deck: Deck, idea: Idea, edition: Edition) -> None:
    layout = LAYOUTS["title" if idea.is_big else "words" if idea.lines else "alone"]
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    ground = slide.background.fill
    ground.solid()
    ground.fore_color.rgb = WASH if idea.is_big else PAPER
    _bar(slide)
    _title(slide, idea)
    if len(slide.placeholders) > 1:
        _lines(slide, idea)
    if idea.photo is not None:
        _show(slide, idea.photo)
    notes = slide.notes_slide.notes_text_frame
    if notes is not None:
        notes.text = "\n".join([*idea.notes, f"Source: {edition.source}"])


def _bar(slide: Slide) -> None:
    """A strip of sun at the edge. It says nothing, and is marked so for those who listen."""
    bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(0), Emu(0), Inches(0.22), HEIGHT)
    bar.fill.solid()
    bar.fill.fore_color.rgb = SUN
    bar.line.fill.background()
    bar.name = "Decoration"
    bar._element.nvSpPr.cNvPr.set("descr", "")


def _title(slide: Slide, idea: Idea) -> None:
    title = slide.shapes.title
    if title is None:
        return
    top, height = (Inches(2.1), Inches(2.6)) if idea.is_big else (Inches(0.6), Inches(1.5))
    title.left, title.top, title.width, title.height = EDGE, top, ACROSS, height
    longest = 54 if idea.is_big else 36
    size = longest if len(idea.title) < 60 else longest - 8 if len(idea.title) < 110 else 26
    anchor = MSO_ANCHOR.BOTTOM if idea.is_big else MSO_ANCHOR.MIDDLE
    _write(title.text_frame, [idea.title], size, anchor, is_bold=True)


def _lines(slide: Slide, idea: Idea) -> None:
    box = slide.placeholders[1]
    top = Inches(4.9) if idea.is_big else Inches(2.3)
    box.left, box.top, box.width = EDGE, top, ACROSS
    box.height = Inches(1.6) if idea.is_big else Inches(4.5)
    if not idea.lines:
        box._element.getparent().remove(box._element)
        return
    frame = box.text_frame
    size = 24 if idea.is_big else _size(idea)
    _write(frame, idea.lines, size, MSO_ANCHOR.TOP, are_points=idea.are_points)


def _show(slide: Slide, piece: Photo) -> None:
    """The photo as large as it fits under the title, with what it shows in words."""
    if isinstance(piece.shown, Gone):
        return
    photo = photograph_of(piece.shown.picture)
    top, room = Inches(1.9), Inches(4.9)
    width = min(ACROSS, round(room * photo.width / photo.height))
    left = EDGE + (ACROSS - width) // 2
    shape = slide.shapes.add_picture(io.BytesIO(photo.jpeg), Emu(left), top, width=Emu(width))
    shape.name = "Photo"
    shape._pic._nvXxPr.cNvPr.set("descr", piece.alt)
    credit = slide.shapes.add_textbox(EDGE, Inches(6.85), ACROSS, Inches(0.5))
    _write(credit.text_frame, [piece.whose], 14, MSO_ANCHOR.TOP)


def _size(idea: Idea) -> int:
    """As large as it fits: a short sentence alone is read from the back row."""
    letters = sum(map(len, idea.lines)) + 30 * len(idea.lines)
    return next(size for most, size in SIZES if letters <= most)


SIZES = ((80, 48), (150, 42), (230, 36), (330, 30), (450, 26), (640, 22), (10_000, 18))


@dataclass
class _Line:
    """How a line is set: who said it stands smaller under what was said."""

    words: str
    size: int
    is_soft: bool = field(default=False)


def _write(
    frame: TextFrame,
    lines: Sequence[str],
    size: int,
    anchor: MSO_ANCHOR,
    *,
    is_bold: bool = False,
    are_points: bool = False,
) -> None:
    frame.word_wrap, frame.vertical_anchor = True, anchor
    for at, line in enumerate(_set(lines, size)):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = line.words
        run.font.name, run.font.size, run.font.bold = FONT, Pt(line.size), is_bold
        run.font.color.rgb = SOFT if line.is_soft else INK
        run._r.get_or_add_rPr().set("lang", LANGUAGE)
        paragraph.space_after = Pt(14)
        paragraph.alignment = 1  # left
        if not are_points:
            _no_bullet(paragraph)


def _set(lines: Sequence[str], size: int) -> Iterator[_Line]:
    for line in lines:
        first, *rest = line.split("\n")
        yield _Line(first, size)
        for each in rest:
            is_name = each.startswith("– ")
            yield _Line(each, max(size - 14, 20) if is_name else size, is_soft=is_name)


def _no_bullet(paragraph: object) -> None:
    properties = paragraph._p.get_or_add_pPr()  # type: ignore[attr-defined]
    properties.set("marL", "0")
    properties.set("indent", "0")
    for old in properties.findall(qn("a:buNone")):
        properties.remove(old)
    properties.insert_element_before(
        properties.makeelement(qn("a:buNone"), {}), "a:tabLst", "a:defRPr", "a:extLst"
    )
