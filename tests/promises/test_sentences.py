"""A sentence is spelled out in one test at most: who rewords it mends one."""

from tests.house import HOUSE
from tools import sentences

# Why these stand in more than one test all the same.
EXCEPTIONS = {
    "Monday": "dates and times are written and typed with it",
    "Thursday": "dates and times are written and typed with it",
    "Europe": "a place in the names of time zones",
    "a workspace admin": "a workspace is also what a race is about",
    "Did you get to talk?": "the question in a message and the one on the Home tab begin alike",
    "Did you get to talk with": "the question in a message and the one on the Home tab begin alike",
    "Slack did not answer twice": "the command that it names is tested as a command",
}


def excepted(sentence: sentences.Sentence) -> bool:
    return sentences.plain(sentence.parts[0]).startswith(tuple(map(sentences.plain, EXCEPTIONS)))


def test_a_reworded_sentence_breaks_one_test_at_most():
    """Elsewhere a test asks for the fact or takes the words from the view (`tests/words`)."""
    found = sentences.known(HOUSE)
    several = [s for s in sentences.known_to_several(found) if not excepted(s)]
    assert {str(sentence): sorted(found[sentence]) for sentence in several} == {}
