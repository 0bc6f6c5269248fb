"""Slack keeps `&`, `<` and `>` as entities, outside of its own marks such as `<@U…>`."""

import re

MARK = re.compile(
    r"<(?:@[UWB]\w+|\#[CDG]\w+|![a-z][^<>|]*|"  # people, channels, here, dates, groups
    r"(?:[a-z][a-z0-9+.-]*:|[\w-]+(?:\.[\w-]+)+)[^<>|\s]*)"  # links, with a scheme or without
    r"(?:\|[^<>]*)?>",
    re.IGNORECASE,
)
AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt);)")


def escaped(text: str) -> str:
    """Marked-up text as Slack keeps it; what is escaped already stays as it is."""
    parts, at = [], 0
    for mark in MARK.finditer(text):
        parts += [escaped_all(text[at : mark.start()]), AMPERSAND.sub("&amp;", mark.group())]
        at = mark.end()
    return "".join([*parts, escaped_all(text[at:])])


def escaped_all(text: str) -> str:
    """Plain text as Slack keeps it: marks mean nothing here."""
    return AMPERSAND.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    """The text as a person reads it."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
