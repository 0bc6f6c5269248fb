"""What can go wrong in a way that a person should read; each feature adds its own in errors.py."""

from __future__ import annotations


class ForThePerson(Exception):
    """A refusal that is told to the person, where they are.

    A subclass is a dataclass (`eq=False`) whose fields are the facts that its sentence needs; the
    sentence is in the feature's `views/refusals.py`.
    """


class OtherCompany(ForThePerson):
    """People of another company, through Slack Connect: nothing here is for them."""


class Beside(Exception):
    """Something in a modal is not right: `problems` by block id, each a sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems
