"""What the program that embeds the simulator may add to its web page: time, a tour, faults.

The page works without any of this: the clock then simply moves. To do more, set fields of
`sim.page.hooks` before (or while) people look:

    sim.page.hooks.advance = play_until            # move time *and* run what falls due
    sim.page.hooks.next_stop = next_round          # the button that jumps to the next event
    sim.page.hooks.app_state = why_it_is_not_running
    sim.page.hooks.tour = demo_tour.steps()
    sim.page.hooks.faults = [PageFault("kill", "Kill the app", kill_and_restart)]
    sim.page.hooks.start_as, sim.page.hooks.start_in = "Ana Ruiz", "coffee"

Every hook is called on a thread of its own, never while the workspace is locked, so it may use
the whole workspace and the app's database. One that raises puts the exception's words on the
page ("That did not work: …"); nothing else is lost. `sim.page.say("…")` adds a line, with the
simulated time, to the page's list of what happened, from any thread and at any moment.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from simulator.people.transcript import Reader
from simulator.people.workspace import Workspace

Advance = Callable[[datetime], Sequence[str]]
Help = Callable[[Workspace], str]
NextStop = Callable[[], tuple[str, datetime] | None]
Seen = Callable[[Workspace], bool]


@dataclass(frozen=True, slots=True)
class TourStep:
    """One step of the guided tour.

    `text` is mrkdwn. `as_person` (id or name) and `where` are where its button takes the visitor:
    a channel name, "app" (the Messages tab with the app), "home" (its Home tab), "group" (the
    person's newest group DM) or "" for anywhere. `hint` says in a few words what to do there;
    `type_this` is put into the message box. `next_stop` adds the button that lets time pass to
    the next stop. `helper` is (label, what it does) for one more button, such as "Let colleagues
    answer"; it returns a line for the list of what happened. The step is done as soon as
    `done_when(sim)` is true; it is asked again after every change, so let it be quick.
    """

    title: str
    text: str
    done_when: Seen
    as_person: str = ""
    where: str = ""
    hint: str = ""
    type_this: str = ""
    next_stop: bool = False
    helper: tuple[str, Help] | None = None


@dataclass(frozen=True, slots=True)
class PageFault:
    """One more button on the fault panel.

    `run()` makes the trouble and returns what to tell the visitor ("" for nothing).
    """

    name: str
    label: str
    run: Callable[[], str]
    about: str = ""


@dataclass(slots=True)
class PageHooks:
    """See the module. Each field is optional and may change while the page is open.

    `advance(target)` plays until the instant `target` (aware, UTC, never in the past): it must
    move `sim.clock` there and returns lines that say when, such as "Monday 10:00: 12
    introductions sent".
    `next_stop()` is ("next round", when), or None when nothing is planned.
    `app_state()` is "" while the app runs, else a sentence for the visitor.
    """

    advance: Advance | None = None
    next_stop: NextStop | None = None
    app_state: Callable[[], str] | None = None
    tour: Sequence[TourStep] = ()
    faults: Sequence[PageFault] = field(default_factory=list)
    start_as: str = ""
    start_in: str = ""


def in_view(sim: Workspace, who: str) -> str:
    """All that this person (id or name) has in front of them, as text: for `done_when`."""
    user_id = sim.person(who).id
    with sim.world.lock:
        reader = Reader(sim.world, user_id)
        parts = [reader.conversation(conv) for conv in sim.world.conversations_of(user_id)]
        shown = [sim.world.home(user_id), sim.world.top_view(user_id)]
        parts.extend(reader.view(view) for view in shown if view is not None)
    return "\n".join(parts)


def sees(who: str, *texts: str) -> Seen:
    """A `done_when`: true once this person has any of the texts in front of them."""

    def seen(sim: Workspace) -> bool:
        shown = in_view(sim, who)
        return any(text in shown for text in texts)

    return seen
