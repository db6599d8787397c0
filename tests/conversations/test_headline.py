"""Words with a hyphen stay whole in a headline."""

import pytest

from coproduce.conversations.templatetags.headline import unbroken


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("What helps?", "What helps?"),
        ("Is co-production new?", 'Is <span class="piece">co-production</span> new?'),
        ("Co-production", '<span class="piece">Co-production</span>'),
        ("Ends with co-op", 'Ends with <span class="piece">co-op</span>'),
        ("Now - or never?", "Now - or never?"),
        ("<b>co-op</b>", '&lt;b&gt;<span class="piece">co-op</span>&lt;/b&gt;'),
    ],
)
def test_it_keeps_each_word_with_a_hyphen_in_one_piece(question: str, written: str) -> None:
    assert unbroken(question) == written
