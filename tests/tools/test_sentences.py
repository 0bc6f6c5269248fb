"""The count of tests that know a sentence by heart, in a house of two files."""

import pytest

from tools import sentences

VIEW = '''"""The words."""
from x import log

SAVE = "Save it"

def greeting(name):
    """Nobody reads this sentence in Slack."""
    log.info("greeted somebody at the door")
    return f"Hello {name}, thank you for inviting me to {name}. Nothing happens yet."
'''


@pytest.fixture
def house(tmp_path):
    for name in ("bot", "handlers", "tests"):
        (tmp_path / name).mkdir()
    (tmp_path / "bot/view.py").write_text(VIEW)
    return tmp_path


def known(house, text, name="test_it.py"):
    """The tests that know the label and the sentence, by name."""
    (house / "tests" / name).write_text(text)
    label, sentence = sentences.known(house).values()
    return [{place.partition("::")[2] for place in places} for places in (label, sentence)]


def test_what_nobody_reads_is_no_sentence(house):
    assert [s.parts[0] for s in sentences.sentences(house)] == ["Save it", "Hello "]


@pytest.mark.parametrize(
    ("said", "knows"),
    [
        ("[Save it]", (True, False)),
        ("Save it", (True, False)),
        ("Save it all", (False, False)),
        ("thank you for inviting me", (False, True)),
        ("Hello @Ana, thank you for inviting me to #tea.", (False, True)),
        ("Hello", (False, False)),
        ("/coffee thank you for inviting me", (False, False)),
    ],
)
def test_a_test_knows_what_it_spells_out(house, said, knows):
    label, sentence = known(house, f"def test_a():\n    assert {said!r}\n")
    assert (label == {"test_a"}, sentence == {"test_a"}) == knows
    assert label | sentence <= {"test_a"}


def test_what_a_test_uses_of_its_file_counts_and_what_it_does_not_use_does_not(house):
    text = """
GREETED = "thank you for inviting me"
def greeted(person): return GREETED in person
def test_a(): assert greeted("x")
def test_b(): assert GREETED
def test_c(): assert "Save it"
"""
    assert known(house, text) == [{"test_c"}, {"test_a", "test_b"}]
    assert len(sentences.known_to_several(sentences.known(house))) == 1


def test_helpers_stand_for_many_tests(house):
    assert known(house, 'def helper(): return "Save it"\n', "helpers.py") == [
        {sentences.MANY}, set()
    ]  # fmt: skip
    [several] = sentences.known_to_several(sentences.known(house))
    assert several.parts == ("Save it",)
