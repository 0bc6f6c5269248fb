"""Slash commands: one table says each word behind one, what it does, and what help says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from slack_bolt import App

from bot.platform.services import Services
from core import words
from handlers.platform.door import command
from handlers.platform.visits import Visit

Verb = Callable[[Visit, str], None]  # the visit, and what was typed behind the word


@dataclass(frozen=True, slots=True)
class Word:
    """One word behind a command; `more` is what may be typed behind it, as help shows it."""

    name: str
    more: str
    help: str
    verb: Verb


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command: its words in the order of help, and what it does without one.

    `unknown` answers a word that is none of them; it is given that word and the nearest, if any.
    """

    name: str
    words: tuple[Word, ...]
    alone: Verb
    unknown: Callable[[str, str | None], str]

    def __call__(self, visit: Visit) -> None:
        """Do what was typed; an unknown word gets the nearest."""
        typed, rest = words.split(visit.value)
        verbs = {"": self.alone, **{word.name: word.verb for word in self.words}}
        if verb := verbs.get(typed):
            verb(visit, rest)
            return
        visit.answer(self.unknown(typed, words.nearest(typed, self.names())))

    def names(self) -> tuple[str, ...]:
        """Every word, in the order of help."""
        return tuple(word.name for word in self.words)

    def lines(self) -> tuple[tuple[str, str], ...]:
        """For help: what to type, and what that does."""
        return tuple((f"{word.name} {word.more}".strip(), word.help) for word in self.words)


def bind(app: App, services: Services, typed: Command) -> None:
    """Bind the command."""
    command(app, services, typed.name, typed)
