"""Noise: what is passed over in reading, and what is left alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ykclean.edits import apply_edits
from ykclean.noise import find_noise

MARKUP = ["<", ">", "</", "<p", "<p>", "br", "/", "&", "amp;", "lt;", "nbsp;", "&#", "60;"]
PARTS = ["渡口", "。", "\u200b", "\n", " ", "a", *MARKUP]


@given(st.lists(st.sampled_from(PARTS), max_size=25).map("".join))
def test_noise_is_in_order_and_says_what_stands_there(text: str) -> None:
    reach = 0
    for noise in find_noise(text):
        edit = noise.edit
        assert reach <= edit.start < edit.end
        assert text[edit.start : edit.end] == edit.before != edit.after
        reach = edit.end


@given(st.lists(st.sampled_from(PARTS), max_size=25).map("".join))
def test_what_is_left_is_free_of_noise(text: str) -> None:
    once = apply_edits(text, [noise.edit for noise in find_noise(text)])
    assert find_noise(once) == ()
