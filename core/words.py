"""Reading what people type: the word they meant, and whom they named."""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches
from hashlib import sha256

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")


# Phones write “ ” for " " and ’ for '; what is copied brings spaces that do not look like any.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f", ""),
        **dict.fromkeys("‘’‚‛′", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
    }
)
_AROUND = ".,;:!?\"'`"  # around a word that was meant alone: `skip.`, "skip"
# Half an emoji (a lone surrogate), which is no text at all, and what no database holds or shows.
_NO_TEXT = re.compile(r"[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def clean(text: str) -> str:
    """The text without what is none: half an emoji, control characters but tab and line break."""
    return _NO_TEXT.sub("", text)


def plain(text: str) -> str:
    """What somebody typed, with plain quotes, hyphens and single spaces."""
    return " ".join(text.translate(_PLAIN).split())


def alone(text: str) -> str:
    """The text as one compares it: `plain`, in lower case, without what stands around it."""
    return plain(text).casefold().strip(_AROUND + " ")


def split(text: str) -> tuple[str, str]:
    """The first word in lower case and without what stands around it, and the rest as typed.

    Any kind of space parts them, also one that does not break, and a tab.
    """
    first, *rest = text.split(maxsplit=1) or [""]
    word = first.translate(_PLAIN).strip(_AROUND).lower().lstrip("/")
    return word, "".join(rest).strip()


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word that is closest to this one; None when none is close."""
    return next(iter(get_close_matches(word.lower(), sorted(known), n=1, cutoff=0.6)), None)


def mentions(text: str) -> list[str]:
    """The ids of the people mentioned, each once, in the order of the text."""
    return list(dict.fromkeys(_MENTION.findall(text)))


def beside_mentions(text: str) -> str:
    """What is left of a text without the people mentioned, as `alone` has it."""
    return alone(_MENTION.sub(" ", text))


def digest(*texts: str) -> str:
    """A short name for exactly these texts, by which the same words are known again."""
    return sha256("\0".join(texts).encode()).hexdigest()[:16]
