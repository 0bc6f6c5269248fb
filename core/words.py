"""Reading what people type: the word they meant, and whom they named."""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches
from hashlib import sha256

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


def split(text: str) -> tuple[str, str]:
    """The first word in lower case, and the rest."""
    first, _, rest = text.strip().partition(" ")
    return first.lower().lstrip("/"), rest.strip()


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word that is closest to this one; None when none is close."""
    return next(iter(get_close_matches(word.lower(), sorted(known), n=1, cutoff=0.6)), None)


def mentions(text: str) -> list[str]:
    """The ids of the people mentioned, each once, in the order of the text."""
    return list(dict.fromkeys(_MENTION.findall(text)))


def beside_mentions(text: str) -> str:
    """What is left of a text without the people mentioned, in lower case and single spaces."""
    return " ".join(_MENTION.sub(" ", text).casefold().split())


def digest(*texts: str) -> str:
    """A short name for exactly these texts, by which the same words are known again."""
    return sha256("\0".join(texts).encode()).hexdigest()[:16]
