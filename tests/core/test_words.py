"""Reading what people type."""

import pytest

from core.words import alone, beside_mentions, clean, digest, mentions, nearest, split

KNOWN = {"join", "leave", "pause", "resume", "skip", "now", "why", "history", "avoid", "help"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ("", "")),
        ("   ", ("", "")),
        ("join", ("join", "")),
        ("PAUSE  until 12 Dec ", ("pause", "until 12 Dec")),
        ("/join", ("join", "")),
        ("skip.", ("skip", "")),
        ("“skip”", ("skip", "")),
        ("pause\u00a02w", ("pause", "2w")),
        ("pause\t2w", ("pause", "2w")),
        ("\u200bpause\u202f2w", ("pause", "2w")),
        ("hand  with “it”, please", ("hand", "with “it”, please")),
    ],
)
def test_the_first_word_is_what_is_wanted_and_the_rest_is_about_it(typed, read):
    assert split(typed) == read


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("jion", "join"), ("Leav", "leave"), ("puase", "pause"), ("histroy", "history")],
)
def test_a_slip_of_the_finger_is_understood(typed, meant):
    assert nearest(typed, KNOWN) == meant


@pytest.mark.parametrize("typed", ["", "xyzzy", "🫖", "a" * 500])
def test_nonsense_is_near_nothing(typed):
    assert nearest(typed, KNOWN) is None


def test_mentions_come_in_order_and_once():
    assert mentions("<@U2> and <@U1|ana> and <@U2>, not @bo or <#C1> or <@u3>") == ["U2", "U1"]


def test_beside_the_mentions_the_rest_is_read():
    assert beside_mentions("Met <@U2|bo>  and<@U1>") == "met and"
    assert beside_mentions("<@U2>") == ""


def test_a_digest_knows_the_same_texts_again_and_no_others():
    assert digest("a", "b") == digest("a", "b")
    assert len({digest("a", "b"), digest("ab"), digest("b", "a"), digest("a b")}) == 4


@pytest.mark.parametrize("typed", ["stop", " Stop. ", "“stop”", "stop\u00a0", "’stop’"])
def test_a_word_alone_is_the_same_however_it_is_set(typed):
    assert alone(typed) == "stop"


def test_what_is_no_text_is_taken_out_and_nothing_else_is():
    assert clean("half \ud83d an emoji,\x00 a bell\x07") == "half  an emoji, a bell"
    assert clean("a\tb\nc 🫖 é 雑談 \u200d") == "a\tb\nc 🫖 é 雑談 \u200d"
