"""What the web page may ask for: each name, what it needs, and the action behind it."""

from collections.abc import Callable
from datetime import datetime

from simulator.blocks.escaping import escaped_all
from simulator.changes import membership, posting
from simulator.page.state import Busy, Page
from simulator.world.names import person_id
from simulator.world.records import JSON, SLACKBOT, ChangedFields, Outcome
from simulator.world.state import World

Deed = Callable[[Page, JSON], Outcome | JSON | None]
RATE_LIMIT_SECONDS = 30
SAYS = "chat.postMessage"


class Nonsense(ValueError):
    """The page asked for something that cannot be."""


def perform(page: Page, name: str, given: JSON) -> JSON:
    """Do one thing (blocking until the app has answered); the outcome as JSON.

    Raises Nonsense for an unknown name, and for people, places or fields that do not exist.
    """
    deed = DEEDS.get(name)
    if deed is None:
        raise Nonsense(f"there is nothing called {name!r} to do")
    try:
        done = deed(page, given)
    except Busy as busy:
        return {"ok": False, "error": "busy", "errors": {}, "notice": str(busy)}
    except (KeyError, LookupError, ValueError, TypeError) as problem:
        raise Nonsense(f"{name}: {problem}") from problem
    if isinstance(done, Outcome):
        shown = {"ok": done.ok, "error": done.error, "errors": done.errors, "notice": done.notice}
        return {**shown, "ts": done.payload if isinstance(done.payload, str) else None}
    return {"ok": True, "error": None, "errors": {}, "notice": "", **(done or {})}


def _where(page: Page, given: JSON) -> str:
    """The conversation meant; "app" is the DM with the app, opened when needed."""
    if given["channel"] == "app":
        pair = [page.world.bot_user_id, given["as"]]
        return membership.find_or_open(page.world, pair)[0].id
    return str(given["channel"])


# -- talking and commanding ---------------------------------------------------


def _say(page: Page, given: JSON) -> Outcome:
    """Send what stands in the message box: words, a command, or one of the workspace's own."""
    text, where, thread = given["text"].strip(), _where(page, given), given.get("thread")
    own = OWN_COMMANDS.get(text.partition(" ")[0])
    if own is not None and not thread:
        return own(page, given["as"], where, text.partition(" ")[2].strip())
    if text.startswith("/"):
        return page.actions.run_command(given["as"], where, text, thread)
    return page.actions.post_as(given["as"], where, _with_mentions(page.world, text), thread)


def _with_mentions(world: World, text: str) -> str:
    """`@Name` becomes a mention; the rest is escaped as Slack's own message box does."""
    text = escaped_all(text)
    for user in sorted(world.users.values(), key=lambda u: -len(u.real_name)):
        for name in (user.real_name, user.name, user.display_name):
            text = text.replace(f"@{name}", f"<@{user.id}>") if name else text
    return text


def _tell(world: World, user: str, where: str, words: str) -> Outcome:
    with world.editing():
        posting.post(world, world.conversations[where], SLACKBOT, text=words, ephemeral_to=user)
    return Outcome(False, "refused", notice=words)


def _invite(page: Page, user: str, where: str, rest: str) -> Outcome:
    conv = page.world.conversations[where]
    try:
        guest = person_id(page.world, rest)
    except LookupError:
        return _tell(page.world, user, where, f"Nobody here is called {rest}.")
    if conv.kind not in ("channel", "private"):
        return _tell(page.world, user, where, "People can only be invited into channels.")
    membership.join(page.world, conv, guest, user)
    return Outcome(True)


def _leave(page: Page, user: str, where: str, rest: str) -> Outcome:
    conv = page.world.conversations[where]
    if conv.kind in ("channel", "private"):
        membership.leave(page.world, conv, user)
    return Outcome(True)


OWN_COMMANDS = {"/invite": _invite, "/leave": _leave}


def _join(page: Page, given: JSON) -> None:
    membership.join(page.world, page.world.conversations[given["channel"]], given["as"])


def _read(page: Page, given: JSON) -> None:
    page.actions.mark_read(given["as"], _where(page, given))


def _open_app(page: Page, given: JSON) -> JSON:
    """Open the DM with the app; with `home` its Home tab, which tells the app."""
    channel = _where(page, {**given, "channel": "app"})
    if given.get("home"):
        outcome = page.actions.open_home(given["as"])
        return {"ok": outcome.ok, "error": outcome.error, "channel": channel}
    return {"channel": channel}


def _status(page: Page, given: JSON) -> None:
    until = given.get("until")
    ends = int(datetime.fromisoformat(until).timestamp()) if until else 0
    status: ChangedFields = {"status_emoji": given["emoji"], "status_text": given["text"]}
    status["status_expiration"] = ends
    membership.change_user(page.world, given["as"], "user_status_changed", **status)


# -- pressing and filling -----------------------------------------------------


def _press(page: Page, given: JSON) -> Outcome:
    ids = (given["action"], given["block"], given.get("value"))
    return page.actions.press(given["as"], given["container"], *ids)


def _set(page: Page, given: JSON) -> None:
    ids = (given["action"], given["block"], given.get("value"))
    page.actions.set_value(given["as"], given["container"], *ids)


def _suggest(page: Page, given: JSON) -> JSON:
    ids = (given["action"], given["block"], given.get("query", ""))
    return {"options": page.actions.suggest_options(given["as"], given["container"], *ids)}


def _submit(page: Page, given: JSON) -> Outcome:
    return page.actions.submit_view(given["as"], given["view"])


def _close(page: Page, given: JSON) -> Outcome:
    return page.actions.close_view(given["as"], given["view"], bool(given.get("everything")))


def _shortcut(page: Page, given: JSON) -> Outcome:
    return page.actions.shortcut(given["as"], given["callback"], given.get("container"))


# -- time, trouble, tour ------------------------------------------------------


def _time(page: Page, given: JSON) -> None:
    if given.get("next"):
        page.to_next_stop()
    else:
        page.forward(float(given["seconds"]))


def _fault(page: Page, given: JSON) -> JSON:
    name, faults = given["name"], page.faults
    if name == "lose":
        faults.lose_next_answer(SAYS)
    elif name == "rate_limit":
        faults.rate_limit(SAYS, RATE_LIMIT_SECONDS)
    elif name == "server_error":
        faults.server_error_next(SAYS)
    elif name == "drop_socket":
        faults.drop_socket()
    else:
        return {"notice": page.run_fault(name)}
    page.ordered(name, "" if name == "drop_socket" else SAYS)
    return {}


def _tour(page: Page, given: JSON) -> None:
    if given.get("skip"):
        page.skip_tour()
    elif given.get("help"):
        page.help_along()
    else:
        page.go_to_step(int(given["step"]))


DEEDS: dict[str, Deed] = {
    "say": _say,
    "join": _join,
    "read": _read,
    "open_app": _open_app,
    "status": _status,
    "press": _press,
    "set": _set,
    "suggest": _suggest,
    "submit": _submit,
    "close": _close,
    "shortcut": _shortcut,
    "time": _time,
    "fault": _fault,
    "tour": _tour,
}
