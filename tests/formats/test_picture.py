"""Is the picture of the map safe, small, and the same for everybody?"""

import math
import re
from xml.etree import ElementTree

import pytest

from coproduce.formats.picture import HEIGHT, PRINT, Dot, Landmark, You, draw_map, draw_ring
from coproduce.formats.rings import Ring

SVG = "{http://www.w3.org/2000/svg}"
CROWD = [Dot(x / 3, (x * 7 % 11) / 2, "ABCDE"[x % 5]) for x in range(60)] + [Dot(0, 0, None)]


def drawn(dots: list[Dot] = CROWD, **choices: object) -> str:
    words = {"title": "Where we stand", "description": "Five groups.", "prefix": "map"}
    return draw_map(dots, **{**words, **choices})  # type: ignore[arg-type]


def test_a_screen_reader_hears_title_and_description() -> None:
    root = ElementTree.fromstring(drawn())
    named = {part.get("id"): part.text for part in root if part.get("id")}
    assert root.get("role") == "img"
    assert [named[name] for name in (root.get("aria-labelledby") or "").split()] == [
        "Where we stand",
        "Five groups.",
    ]


def test_a_group_without_a_shape_is_refused_rather_than_left_out() -> None:
    with pytest.raises(ValueError, match="A to E"):
        Dot(0, 0, "F")


def test_two_pictures_on_a_page_share_no_id() -> None:
    one, other = (set(re.findall(r' id="([^"]+)"', drawn(prefix=name))) for name in ("a", "b"))
    assert one
    assert not one & other


def test_words_cannot_break_out_of_the_picture() -> None:
    text = drawn(
        title="<script>", description='"&', prefix='x"y', landmarks=[Landmark(1, 1, "<b>")]
    )
    assert "<script>" not in text
    assert "<b>" not in text
    ElementTree.fromstring(text)


def test_it_needs_no_style_that_a_strict_policy_forbids() -> None:
    assert "style" not in drawn(landmarks=[Landmark(1, 0, "7")])


def test_every_group_has_its_letter_and_a_shape_of_its_own() -> None:
    root = ElementTree.fromstring(drawn([Dot(0, 0, group) for group in "ABCDE"]))
    assert [part.text for part in root.iter(f"{SVG}text")] == list("ABCDE")
    marks = [part.get("d", "") for part in root.iter(f"{SVG}path")][1:6]
    commands = {"".join(re.findall("[a-zA-Z]", path)) for path in marks}
    assert len(commands) == 5


def test_people_are_rounded_to_a_grid() -> None:
    near = drawn([Dot(0, 0, "A"), Dot(10, 0, "A"), Dot(5.0, 0, "A")])
    nearer = drawn([Dot(0, 0, "A"), Dot(10, 0, "A"), Dot(5.001, 0, "A")])
    marks = [re.findall(r'<path d="(M[^"]+z)"', text)[0] for text in (near, nearer)]
    assert marks[0] == marks[1]


def test_the_order_of_people_does_not_show() -> None:
    assert drawn(CROWD[::-1]) == drawn(CROWD)


def test_a_print_knows_no_tokens() -> None:
    assert "var(" in drawn()
    assert "var(" not in drawn(palette=PRINT)


def test_a_large_conversation_stays_a_small_picture() -> None:
    many = [Dot(i % 200, i // 200, "ABCDE"[i % 5]) for i in range(20_000)]
    assert len(drawn(many)) < 400_000


@pytest.mark.parametrize(
    "dots", [[], [Dot(0, 0, None)], [Dot(3, 3, "A")] * 9, [Dot(0, 0, "A"), Dot(0, 5, "B")]]
)
def test_few_people_still_make_a_picture(dots: list[Dot]) -> None:
    assert "nan" not in drawn(dots)
    ElementTree.fromstring(drawn(dots))


def test_every_mark_and_letter_stands_within_the_frame() -> None:
    spread = [Dot(x, y, g) for x, y, g in ((-9, 0, "A"), (9, 0, "B"), (0, 6, "C"), (0, -6, "D"))]
    root = ElementTree.fromstring(drawn(spread * 3))
    for letter in root.iter(f"{SVG}text"):
        assert 16 <= float(letter.get("x", "")) <= 604
        assert 16 <= float(letter.get("y", "")) <= 420


def test_who_stands_between_groups_is_hollow() -> None:
    root = ElementTree.fromstring(drawn([Dot(0, 0, "A"), Dot(9, 0, "B"), Dot(4, 0, None)]))
    fills = [mark.get("fill", "") for mark in root.iter(f"{SVG}path")][1:4]
    assert ["group-a" in fills[0], "group-b" in fills[1], "card" in fills[2]] == [True] * 3


def test_without_groups_all_are_of_one_full_tone() -> None:
    root = ElementTree.fromstring(drawn([Dot(0, 0, None), Dot(9, 3, None)]))
    _, marks = root.iter(f"{SVG}path")
    assert "--soft" in marks.get("fill", "")


YOU = You(4, 1, Ring(9, 4, 6))


def ellipses(text: str) -> list[ElementTree.Element]:
    root = ElementTree.fromstring(text)
    return [ring for ring in root.iter(f"{SVG}ellipse") if ring.get("stroke-dasharray")]


def test_you_are_a_dot_with_a_dashed_ring_and_words() -> None:
    text = drawn(you=YOU)
    (ring,) = ellipses(text)
    long, short = YOU.ring.radii
    assert float(ring.get("rx", "")) / float(ring.get("ry", "")) == pytest.approx(
        long / short, rel=0.01
    )
    assert "rotate(-35 " in ring.get("transform", "")  # up is up: turned against the clock
    assert text.index("you, about here") > text.index(">A</text>")
    assert ellipses(drawn()) == []


@pytest.mark.parametrize("x", [-40, 0, 60])
@pytest.mark.parametrize("y", [-30, 2, 30])
def test_the_whole_ring_and_its_words_are_in_the_picture(x: float, y: float) -> None:
    text = drawn(you=You(x, y, Ring(30, 5, 20)))
    (ring,) = ellipses(text)
    radius = float(ring.get("ry", ""))
    assert radius <= float(ring.get("cx", "")) <= 620 - radius
    assert radius <= float(ring.get("cy", "")) <= 430 - radius
    for words in ElementTree.fromstring(text).iter(f"{SVG}text"):
        if words.text == "you, about here":
            assert 92 <= float(words.get("x", "")) <= 528
            assert 20 <= float(words.get("y", "")) <= 420


def test_letters_keep_away_from_the_words_about_you() -> None:
    spread = [Dot(x, y, g) for x, y, g in ((-9, 0, "A"), (9, 0, "B"), (0, 6, "C"), (0, -6, "D"))]
    root = ElementTree.fromstring(drawn(spread * 3, you=You(0, 6, Ring(1, 0, 1))))
    at = {words.text: (words.get("x"), words.get("y")) for words in root.iter(f"{SVG}text")}
    x, y = (float(value or 0) for value in at["C"])
    label_x, label_y = (float(value or 0) for value in at["you, about here"])
    assert abs(x - label_x) > 40 or abs(y - label_y) > 40


def test_no_typical_ring_is_cut_off_and_all_are_of_one_scale() -> None:
    wide, narrow = Ring(90, 0, 160), Ring(9, 0, 16)
    [large], [small] = (ellipses(draw_ring(each, CROWD, widest=wide)) for each in (wide, narrow))
    assert max(float(large.get(each) or 0) for each in ("rx", "ry")) <= HEIGHT / 2
    assert float(large.get("rx") or 0) == pytest.approx(
        math.sqrt(10) * float(small.get("rx") or 0), rel=0.01
    )


def test_a_typical_ring_is_small_print_that_is_told_in_words_beside_it() -> None:
    text = draw_ring(Ring(9, 4, 6), CROWD)
    assert 'aria-hidden="true"' in text
    assert len(ellipses(text)) == 1
    assert "<text" not in text
