"""The prompts that come with Kettle: enough of them, each its own, in a tone fit for grown-ups."""

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import combinations

import pytest
from slack_sdk.models.blocks import SectionBlock

from bot.library.shelf import BrokenLibrary, load, parse, starters
from core.checkins import Kind
from core.prompts import check_own, likeness, of_section, sections
from core.starters import Tag

FILES = (*Kind, "starters", "watercooler")
EVERY = [(kind, prompt) for kind in FILES for prompt in load(kind)]

TAGS = re.compile(
    "actions|books|change|clarity|craft|curiosity|decisions|deep|energy|experience|finished|focus|"
    "food|learning|light|memory|music|nature|outcome|pace|people|place|pride|priorities|purpose|"
    "rest|small|support|thanks|time|tools|unseen|words|work|workload|worries"
)
SECTIONS = {
    "kickoff": ("purpose", "priorities", "worries", "support"),
    "retro": ("outcome", "experience", "actions"),
    "aar": ("outcome", "experience", "actions"),
}

# Reasons, line by line: forced fun; private life; body and belief; place, rank and money; blame
# and pressure; jargon.
UNWANTED = re.compile(
    r"""\b(?:fun|funn\w+|excit\w+|awesome|amazing|crazy|hilarious|wow|yay|rockstar|ninja|guru|super\w+
    |icebreaker|buddy|guys|folks
    |famil\w+|wife|husband|spouse|partner\w*|child\w*|kids?|parents?|mother|father|birthday|wedding
    |marri\w+|dating|friends?|health\w*|sick|ill|therap\w+|diet|sleep|sports?|gym|running|alcohol
    |beer|wine|drinks?|bar|pub|god|church|pray\w*|religio\w+|faith|christmas|easter|holidays?
    |vacation|home|office|commut\w+|remote|boss|superior|senior|junior|salary|promotion|career
    |weekends?|fault|blam\w+|guilty|stupid|lazy|worst|hate|terrible|fail\w*|must|confess|admit
    |secrets?|ballpark|bandwidth|leverag\w+|synerg\w+|stakeholders?|onboard\w*)\b""",
    re.IGNORECASE | re.VERBOSE,
)
FIGURES = (
    "on your mind",
    "low-hanging",
    "touch base",
    "head start",
    "blow off",
    "on the same page",
)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_of_check_in_has_prompts_for_half_a_year_of_weeks(kind):
    assert len(load(kind)) >= 28


@pytest.mark.parametrize("tag", list(Tag))
def test_there_are_thirty_starters_of_each_depth(tag):
    assert sum(starter.tag is tag for starter in starters()) >= 30


def test_there_are_thirty_watercooler_prompts():
    assert len(load("watercooler")) >= 30


@pytest.mark.parametrize("kind", SECTIONS)
def test_each_section_of_the_arc_has_enough_prompts_in_the_order_of_the_talk(kind):
    prompts = load(kind)
    assert sections(prompts) == SECTIONS[kind]
    assert min(len(of_section(prompts, section)) for section in SECTIONS[kind]) >= 7
    assert of_section(prompts, None) == ()


@pytest.mark.parametrize("kind", [kind for kind in FILES if kind not in SECTIONS])
def test_only_kinds_of_the_arc_have_sections(kind):
    assert sections(load(kind)) == ()


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_something_for_a_channel_under_pressure(kind):
    assert sum(prompt.quiet for prompt in load(kind)) >= 20


def test_ids_are_unique_across_all_files_and_say_where_they_belong():
    ids = Counter(prompt.id for _, prompt in EVERY)
    assert [id_ for id_, count in ids.items() if count > 1] == []
    for kind, prompt in EVERY:
        assert re.fullmatch(rf"{kind.removesuffix('s')}(-[a-z0-9]+)+", prompt.id)


def test_tags_come_from_one_vocabulary_and_are_not_repeated():
    strange = [(p.id, tag) for _, p in EVERY for tag in p.tags if not TAGS.fullmatch(tag)]
    assert strange == []
    assert [p.id for _, p in EVERY if not p.tags or len(set(p.tags)) < len(p.tags)] == []


def test_prompts_are_short_plain_and_end_as_sentences_do():
    for _, prompt in EVERY:
        assert 15 <= len(prompt.text) <= 180, prompt.id
        assert re.fullmatch(r"[A-Za-z][A-Za-z ,.:;?'-]*[.?]", prompt.text), prompt.id
        assert "  " not in prompt.text, prompt.id
        assert prompt.text[0].isupper(), prompt.id


def test_prompts_keep_the_tone():
    unwanted = [(p.id, w) for _, p in EVERY for w in UNWANTED.findall(p.text)]
    figures = [(p.id, f) for _, p in EVERY for f in FIGURES if f in p.text.casefold()]
    assert unwanted + figures == []


@pytest.mark.parametrize(
    "text", ["What was the most FUN part?", "Who failed?", "How is your family?", "Any secrets?"]
)
def test_the_tone_rules_catch_what_they_are_for(text):
    assert UNWANTED.search(text)


def test_the_line_above_the_mood_tap_can_be_answered_from_heavy_to_light():
    scale = re.compile(r"heav|light|weigh", re.IGNORECASE)
    unfit = [p.text for p in load("pulse") if not scale.search(p.text)]
    assert unfit == []


def nearly_the_same(one: str, other: str) -> bool:
    alike = likeness(one, other) > 0.45
    return alike and SequenceMatcher(None, one, other).ratio() > 0.65


def test_no_prompt_comes_twice_and_none_is_nearly_another():
    pairs = combinations([prompt.text for _, prompt in EVERY], 2)
    assert [pair for pair in pairs if nearly_the_same(*pair)] == []


def test_the_search_for_near_duplicates_finds_one():
    one, other = "What are you waiting for at the moment?", "What are you waiting for just now?"
    assert nearly_the_same(one, other)


def test_slack_takes_every_prompt_and_a_host_could_have_written_it():
    for _, prompt in EVERY:
        assert SectionBlock(text=prompt.text).to_dict()["text"]["text"] == prompt.text
        assert check_own(prompt.text, []) is None


def test_a_library_is_read_once():
    assert load("open") is load("open")
    assert starters() is starters()


@pytest.mark.parametrize(
    ("kind", "language"), [("gossip", "en"), ("open", "xx"), ("../open", "en"), ("open", "../en")]
)
def test_a_kind_or_language_that_is_not_there_is_refused(kind, language):
    with pytest.raises(LookupError):
        load(kind, language)


HEAD = 'language = "en"\nkind = "open"\n'
ENTRY = '[[prompt]]\nid = "open-a"\ntext = "Why?"\ntags = ["small"]\n'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("kind = ", "open.toml"),
        ('language = "de"\nkind = "open"\n', "language = 'en'"),
        (HEAD + ENTRY + ENTRY, "same id twice"),
        (HEAD + ENTRY + 'mood = "jolly"\n', "unknown keys: mood"),
        (HEAD + '[[prompt]]\ntext = "Why?"\ntags = []\n', "lacks id"),
        (HEAD + ENTRY + 'quiet = "yes"\n', "quiet must be bool"),
    ],
)
def test_a_broken_file_says_what_is_wrong(text, why):
    with pytest.raises(BrokenLibrary, match=why):
        parse(text, "open", "en")


def test_a_translation_is_read_like_the_english_file():
    german = HEAD.replace('"en"', '"de"') + ENTRY.replace("Why?", "Warum?")
    assert [prompt.text for prompt in parse(german, "open", "de")] == ["Warum?"]
