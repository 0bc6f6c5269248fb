"""The page's server side, without a browser: what it serves, does and refuses."""

import json
import threading
import urllib.error
import urllib.request
from datetime import timedelta

import pytest

from simulator.page.hooks import PageFault, TourStep, sees


def get(sim, path):
    with urllib.request.urlopen(sim.page_url + path, timeout=30) as answer:
        return answer.read().decode(), answer.headers


def do(sim, what, kind="application/json", **given):
    """What the page is told after asking for this."""
    request = urllib.request.Request(
        f"{sim.page_url}page/do/{what}", json.dumps(given).encode(), {"Content-Type": kind}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        with refused:
            return {"status": refused.code, **json.load(refused)}


def scene(sim, who):
    return json.loads(get(sim, f"page/scene?as={who.id}")[0])


def test_the_page_may_load_nothing_from_elsewhere(sim):
    words, headers = get(sim, "")
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "//" not in words.replace("<!doctype", "")


@pytest.mark.parametrize("path", ["page/../server.py", "page/%2e%2e/server.py", "page/nothing.js"])
def test_only_the_pages_own_files_are_served(sim, path):
    with pytest.raises(urllib.error.HTTPError) as refused:
        get(sim, path)
    refused.value.close()
    assert refused.value.code == 404


def test_somebody_sees_what_they_may_see(sim, ana, bo, coffee):
    books = sim.add_channel("books", members=[bo])
    bo.says("Only for readers", in_=books)
    seen = scene(sim, ana)
    assert seen["me"]["id"] == ana.id
    assert [c["name"] for c in seen["conversations"]] == ["coffee"]
    assert "Only for readers" not in json.dumps(seen)


def test_words_are_escaped_and_names_become_mentions(sim, ana, bo, coffee):
    assert do(sim, "say", **{"as": ana.id}, channel=coffee.id, text="<b> & @Bo Lind")["ok"]
    assert sim.messages(coffee)[-1].text == f"&lt;b&gt; &amp; <@{bo.id}>"


def test_a_form_of_another_site_cannot_act(sim, ana, coffee):
    told = do(sim, "say", kind="text/plain", **{"as": ana.id}, channel=coffee.id, text="x")
    assert told["status"] == 415
    assert sim.messages(coffee) == []


@pytest.mark.parametrize(
    ("name", "given"), [("dance", {}), ("say", {}), ("press", {"container": 5}), ("time", {})]
)
def test_nonsense_is_refused(sim, ana, name, given):
    assert do(sim, name, **{"as": ana.id}, **given)["status"] == 400


def test_inviting_nobody_and_inviting_the_app(sim, ana, coffee):
    who = {"as": ana.id, "channel": coffee.id}
    assert (
        do(sim, "say", **who, text="/invite @nobody")["notice"] == "Nobody here is called @nobody."
    )
    assert do(sim, "say", **who, text="/invite @Tiny")["ok"]
    assert sim.bot_user_id in coffee.members
    assert do(sim, "say", **who, text="/leave")["ok"]
    assert ana.id not in coffee.members


def test_time_moves_only_once_at_a_time(sim, ana):
    inside, release = threading.Event(), threading.Event()

    def advance(target):
        inside.set()
        release.wait(30)
        sim.clock.move_to(target)
        return ["played"]

    sim.page.hooks.advance = advance
    first = threading.Thread(target=do, args=(sim, "time"), kwargs={"seconds": 60})
    first.start()
    inside.wait(30)
    try:
        assert do(sim, "time", seconds=60)["error"] == "busy"
    finally:
        release.set()
        first.join(5)
    assert [line["text"] for line in sim.page.lines()] == ["played"]


def test_nothing_planned_leaves_the_clock_alone(sim, ana):
    before = sim.clock.now()
    assert do(sim, "time", next=True)["ok"]
    assert sim.clock.now() == before
    assert sim.page.lines()[-1]["text"] == "Nothing is planned."


def test_time_never_goes_back(sim):
    before = sim.clock.now()
    sim.page.move_to(before - timedelta(hours=1))
    assert sim.clock.now() == before


def test_a_step_of_the_tour_is_done_once_and_for_all(sim, ana, coffee):
    greet = TourStep("Greet", "Say hello.", sees("Ana Ruiz", "hello"), as_person="Ana Ruiz")
    sim.page.hooks.tour = [greet]
    assert not scene(sim, ana)["page"]["tour"]["steps"][0]["done"]
    ana.says("hello", in_=coffee)
    assert scene(sim, ana)["page"]["tour"]["steps"][0]["done"]
    coffee_messages = sim.world.conversations[coffee.id].messages
    coffee_messages.clear()
    assert scene(sim, ana)["page"]["tour"]["steps"][0]["done"]


def test_a_helper_of_the_tour_does_its_part(sim, ana):
    told = []

    def help_along(given):
        told.append(given)
        return "Three colleagues answered"

    step = TourStep("Ask", "Ask.", sees("Ana Ruiz", "x"), helper=("Let them answer", help_along))
    sim.page.hooks.tour = [step]
    assert do(sim, "tour", help=True)["ok"]
    assert told == [sim]
    assert sim.page.lines()[-1]["text"] == "Three colleagues answered"


def test_a_hook_that_breaks_does_not_take_the_page_along(sim, ana):
    def broken():
        raise RuntimeError("no database")

    sim.page.hooks.next_stop = broken
    assert scene(sim, ana)["page"]["next"] is None
    scene(sim, ana)
    assert [line["text"] for line in sim.page.lines()] == [
        "A hook of the page failed: RuntimeError('no database')"
    ]


def test_faults_of_the_embedder_are_run(sim, ana):
    sim.page.hooks.faults = [PageFault("kill", "Kill the app", lambda: "")]
    assert do(sim, "fault", name="kill")["ok"]
    assert sim.page.lines()[-1]["text"] == "Kill the app: done"
    assert do(sim, "fault", name="flood")["status"] == 400


def test_changes_are_pushed_as_they_happen(sim, ana, coffee):
    with urllib.request.urlopen(f"{sim.page_url}page/events?as={ana.id}", timeout=30) as stream:
        assert "hello" not in next_scene(stream)
        ana.says("hello", in_=coffee)
        assert "hello" in next_scene(stream)


def next_scene(stream):
    for line in stream:
        if line.startswith(b"data: "):
            return line.decode()
    raise AssertionError("the stream ended")
