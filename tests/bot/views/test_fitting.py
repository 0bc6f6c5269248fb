"""Whatever people write, a message can be drawn, and Slack takes it."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.views import blocks as b
from bot.views import fitting
from bot.views.carried import Action, Nothing

ODD = st.text(st.sampled_from("a &<>\n*_`|@é😀"), max_size=80)
LONG = st.builds(lambda part, times: part * times, ODD, st.integers(0, 400))
PRESS = Action("press.it", Nothing)
HALF = re.compile(r"&(?!(?:amp|lt|gt);)|<(?![^<>]*>)")


@given(LONG, st.integers(1, 3000))
def test_a_text_that_is_too_long_ends_in_dots_and_is_never_empty(text: str, most: int) -> None:
    fitted = fitting.fit(text, most)
    assert 1 <= len(fitted) <= most
    if fitted not in {text, fitting.NOTHING}:
        assert fitted.endswith("…")
        assert text.startswith(fitted[:-1])


@given(ODD, st.integers(1, 90))
def test_neither_a_mention_nor_an_escaped_sign_is_cut_in_two(text: str, most: int) -> None:
    whole = f"{b.escape(text)}<@U12345>{b.escape(text)}"
    assert HALF.search(fitting.fit(whole, most)) is None


@given(st.lists(LONG, min_size=1, max_size=12))
def test_lines_are_spread_over_paragraphs_and_none_is_lost(lines: list[str]) -> None:
    paragraphs = fitting.paragraphs(lines)
    assert all(1 <= len(text) <= fitting.SECTION for text in paragraphs)
    together = "\n".join(paragraphs)
    assert all(line in together for line in lines if line.strip() and len(line) <= 3000)


@given(LONG)
def test_any_text_can_be_drawn_as_anything(text: str) -> None:
    sure = b.confirm(text, text, text, text)
    row = b.actions(b.button(text, PRESS, Nothing(), confirm=sure), b.select("s", [(text, "1")]))
    parts = [b.section(text), b.small(text), b.header(text), *b.paragraphs(text, text), row]
    message = b.message(text, parts * 20)
    assert len(message["blocks"]) <= fitting.MESSAGE_BLOCKS
    assert len(message["text"]) <= fitting.NOTICE
    assert len(b.modal("m", text, parts * 20, text, text)["blocks"]) <= fitting.MODAL_BLOCKS


@given(st.lists(LONG, min_size=1, max_size=30))
def test_all_text_of_a_message_together_is_what_slack_takes(texts: list[str]) -> None:
    parts = [b.section(text) for text in texts]
    shown = [block["text"]["text"] for block in b.message("Hello", parts)["blocks"]]
    assert sum(map(len, shown)) <= fitting.MESSAGE_TEXT
    drawn = [part["text"]["text"] for part in parts]
    if sum(map(len, drawn)) <= fitting.MESSAGE_TEXT:
        assert shown == drawn


def test_the_longest_paragraphs_give_way_and_the_short_ones_stay() -> None:
    assert fitting.fair([10, 4000, 20, 9000], 6030) == 3000
    assert fitting.fair([10, 20], 6000) == 20
    parts = [b.section("short"), *(b.section("x" * 3000) for _ in range(6))]
    shown = [block["text"]["text"] for block in b.message("Hello", parts)["blocks"]]
    assert shown[0] == "short"
    assert {len(text) for text in shown[1:]} == {(12_000 - 5) // 6}
