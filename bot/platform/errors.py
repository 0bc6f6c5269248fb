"""What can go wrong in a way that a person should read; the sentences are in views.trouble."""

from __future__ import annotations


class ForThePerson(Exception):
    """A refusal that is told to the person, where they are. Facts for the sentence come in."""

    def __init__(self, **facts: object) -> None:
        super().__init__(", ".join(f"{name}={value}" for name, value in facts.items()))
        self.facts = facts


class NotHere(ForThePerson):
    """Kettle is in no channel that this could be about, or not in `channel` any more."""


class WhichChannel(ForThePerson):
    """The person is in several channels; `channels` are their ids."""


class NotStarted(ForThePerson):
    """No host has set the channel up yet."""


class NotAHost(ForThePerson):
    """Only a host may do this; `hosts` are their ids."""


class NotYourMeeting(ForThePerson):
    """The meeting is of other people."""


class NothingToSkip(ForThePerson):
    """The person is not in the channel's rounds."""


class NoMeeting(ForThePerson):
    """The person has no meeting yet."""


class WhichMeeting(ForThePerson):
    """Several introductions are under way; `groups` are the others of each, `word` the command."""


class NotIntroduced(ForThePerson):
    """The person was not introduced to these people lately; `people` are their ids."""


class NotUnderstood(ForThePerson):
    """A date, a number or a person that cannot be read; `kind` and `text` say what.

    `word` is the command it was typed behind, where the sentence gives an example of it.
    """


class NobodyAvailable(ForThePerson):
    """A round was asked for and there are too few people; `count` says how many there are."""


class JustHeld(ForThePerson):
    """A round was asked for a second time within minutes."""


class NotInChannel(ForThePerson):
    """The person is not a member of the Slack channel; `channel` is its id."""


class TimeGone(ForThePerson):
    """A proposed time that has gone by."""


class CannotTakePart(ForThePerson):
    """Guests, where the host did not allow them."""


class OtherCompany(ForThePerson):
    """People of another company, through Slack Connect."""


class AboutACheckIn(ForThePerson):
    """A refusal about check-ins; `why` names its sentence in views.checkin_words."""


class Beside(Exception):
    """Something in a modal is not right: `problems` by block id, each a sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems
