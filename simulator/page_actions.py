"""What the web page may ask for: each name, what it needs, and the action behind it."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from simulator import membership, posting
from simulator.actions import SLACKBOT
from simulator.names import person_id
from simulator.page_state import Busy
from simulator.records import JSON, Outcome

if TYPE_CHECKING:
    from simulator.simulator import Simulator

Deed = Callable[["Simulator", JSON], Outcome | JSON | None]
RATE_LIMIT_SECONDS = 30
SAYS = "chat.postMessage"


class Nonsense(ValueError):
    """The page asked for something that cannot be."""


def perform(sim: "Simulator", name: str, given: JSON) -> JSON:
    """Do one thing (blocking until the app has answered); the outcome as JSON.

    Raises Nonsense for an unknown name, and for people, places or fields that do not exist.
    """
    deed = DEEDS.get(name)
    if deed is None:
        raise Nonsense(f"there is nothing called {name!r} to do")
    try:
        done = deed(sim, given)
    except Busy as busy:
        return {"ok": False, "error": "busy", "errors": {}, "notice": str(busy)}
    except (KeyError, LookupError, ValueError, TypeError) as problem:
        raise Nonsense(f"{name}: {problem}") from problem
    if isinstance(done, Outcome):
        shown = {"ok": done.ok, "error": done.error, "errors": done.errors, "notice": done.notice}
        return {**shown, "ts": done.payload if isinstance(done.payload, str) else None}
    return {"ok": True, "error": None, "errors": {}, "notice": "", **(done or {})}


def _where(sim: "Simulator", given: JSON) -> str:
    """The conversation meant; "app" is the DM with the app, opened when needed."""
    if given["channel"] == "app":
        pair = [sim.bot_user_id, given["as"]]
        return membership.find_or_open(sim.world, pair)[0].id
    return str(given["channel"])


# -- talking and commanding ---------------------------------------------------


def _say(sim: "Simulator", given: JSON) -> Outcome:
    """Send what stands in the message box: words, a command, or one of the workspace's own."""
    text, where, thread = given["text"].strip(), _where(sim, given), given.get("thread")
    own = OWN_COMMANDS.get(text.partition(" ")[0])
    if own is not None and not thread:
        return own(sim, given["as"], where, text.partition(" ")[2].strip())
    if text.startswith("/"):
        return sim.actions.run_command(given["as"], where, text, thread)
    return sim.actions.post_as(given["as"], where, _with_mentions(sim, text), thread)


def _with_mentions(sim: "Simulator", text: str) -> str:
    """`@Name` becomes a mention; the rest is escaped as Slack's own message box does."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for user in sorted(sim.world.users.values(), key=lambda u: -len(u.real_name)):
        for name in (user.real_name, user.name, user.display_name):
            text = text.replace(f"@{name}", f"<@{user.id}>") if name else text
    return text


def _tell(sim: "Simulator", user: str, where: str, words: str) -> Outcome:
    with sim.world.editing():
        posting.post(sim.world, sim.world.conversations[where], SLACKBOT, words, ephemeral_to=user)
    return Outcome(False, "refused", notice=words)


def _invite(sim: "Simulator", user: str, where: str, rest: str) -> Outcome:
    conv = sim.world.conversations[where]
    try:
        guest = person_id(sim.world, rest)
    except LookupError:
        return _tell(sim, user, where, f"Nobody here is called {rest}.")
    if conv.kind not in ("channel", "private"):
        return _tell(sim, user, where, "People can only be invited into channels.")
    membership.join(sim.world, conv, guest, user)
    return Outcome(True)


def _leave(sim: "Simulator", user: str, where: str, rest: str) -> Outcome:
    conv = sim.world.conversations[where]
    if conv.kind in ("channel", "private"):
        membership.leave(sim.world, conv, user)
    return Outcome(True)


OWN_COMMANDS = {"/invite": _invite, "/leave": _leave}


def _join(sim: "Simulator", given: JSON) -> None:
    membership.join(sim.world, sim.world.conversations[given["channel"]], given["as"])


def _read(sim: "Simulator", given: JSON) -> None:
    sim.actions.mark_read(given["as"], _where(sim, given))


def _open_app(sim: "Simulator", given: JSON) -> JSON:
    """Open the DM with the app; with `home` its Home tab, which tells the app."""
    channel = _where(sim, {**given, "channel": "app"})
    if given.get("home"):
        outcome = sim.actions.open_home(given["as"])
        return {"ok": outcome.ok, "error": outcome.error, "channel": channel}
    return {"channel": channel}


def _status(sim: "Simulator", given: JSON) -> None:
    fields: JSON = {"status_emoji": given["emoji"], "status_text": given["text"]}
    until = given.get("until")
    fields["status_expiration"] = int(datetime.fromisoformat(until).timestamp()) if until else 0
    membership.change_user(sim.world, given["as"], "user_status_changed", **fields)


# -- pressing and filling -----------------------------------------------------


def _press(sim: "Simulator", given: JSON) -> Outcome:
    ids = (given["action"], given["block"], given.get("value"))
    return sim.actions.press(given["as"], given["container"], *ids)


def _set(sim: "Simulator", given: JSON) -> None:
    ids = (given["action"], given["block"], given.get("value"))
    sim.actions.set_value(given["as"], given["container"], *ids)


def _suggest(sim: "Simulator", given: JSON) -> JSON:
    ids = (given["action"], given["block"], given.get("query", ""))
    return {"options": sim.actions.suggest_options(given["as"], given["container"], *ids)}


def _submit(sim: "Simulator", given: JSON) -> Outcome:
    return sim.actions.submit_view(given["as"], given["view"])


def _close(sim: "Simulator", given: JSON) -> Outcome:
    return sim.actions.close_view(given["as"], given["view"], bool(given.get("everything")))


def _shortcut(sim: "Simulator", given: JSON) -> Outcome:
    return sim.actions.shortcut(given["as"], given["callback"], given.get("container"))


# -- time, trouble, tour ------------------------------------------------------


def _time(sim: "Simulator", given: JSON) -> None:
    if given.get("next"):
        sim.page.to_next_stop()
    else:
        sim.page.forward(float(given["seconds"]))


def _fault(sim: "Simulator", given: JSON) -> JSON:
    name, faults = given["name"], sim.faults
    if name == "lose":
        faults.lose_next_answer(SAYS)
    elif name == "rate_limit":
        faults.rate_limit(SAYS, RATE_LIMIT_SECONDS)
    elif name == "server_error":
        faults.server_error_next(SAYS)
    elif name == "drop_socket":
        faults.drop_socket()
    else:
        return {"notice": sim.page.run_fault(name)}
    sim.page.ordered(name, "" if name == "drop_socket" else SAYS)
    return {}


def _tour(sim: "Simulator", given: JSON) -> None:
    if given.get("skip"):
        sim.page.skip_tour()
    elif given.get("help"):
        sim.page.help_along()
    else:
        sim.page.go_to_step(int(given["step"]))


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

__all__ = ["Nonsense", "perform"]
