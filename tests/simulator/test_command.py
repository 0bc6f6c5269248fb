"""`python -m simulator`: a simulated Slack for any app, started as its docs say."""

import json
import signal
import socket
import subprocess
from pathlib import Path

import pytest
from slack_sdk import WebClient
from typer.testing import CliRunner

from simulator.command import cli
from tests.interrupting import INTERRUPTED
from tests.simulator.outside import (
    PATIENCE,
    Visitor,
    app_environment,
    channel,
    environment,
    process,
    said,
    simulated,
    stop,
)
from tests.simulator.tiny_app import tiny_manifest

SMALL_APP = Path(__file__).parent / "small_app"
MANIFEST = SMALL_APP / "manifest.yml"


@pytest.fixture(scope="module")
def running():
    """The simulator for the small app, and what it printed."""
    with simulated(MANIFEST, "--person", "Ana Ruiz", "--channel", "#tea") as (_, lines):
        yield lines


@pytest.fixture(scope="module")
def ana(running):
    """Ana at the page, with the small app running in a process of its own."""
    app = ("-m", "tests.simulator.small_app.app")
    with process(*app, env=app_environment(running), stdout=subprocess.DEVNULL):
        visitor = Visitor(environment(running)["SLACK_PAGE_URL"], "Ana Ruiz")
        visitor.sees(lambda scene: scene["page"]["connected"])
        yield visitor


def test_a_shell_can_source_what_it_prints(running, tmp_path):
    (tmp_path / "slack.env").write_text("".join(running))
    words = ". ./slack.env; printf '%s %s' $SLACK_BOT_TOKEN $SLACK_API_URL"
    sourced = subprocess.run(["sh", "-c", words], cwd=tmp_path, capture_output=True, text=True)
    token, url = sourced.stdout.split()
    assert WebClient(token, base_url=url).auth_test()["team"] == "Simulated Workspace"


def test_a_name_in_a_manifest_cannot_smuggle_commands_into_the_shell(tmp_path):
    name = {"display_information": {"name": "Tiny\ntouch smuggled"}}
    (tmp_path / "app.json").write_text(json.dumps({**tiny_manifest(), **name}))
    with simulated(tmp_path / "app.json") as (_, lines):
        assert "for Tiny touch smuggled" in lines[0]
        assert all(line.startswith(("#", "export ")) for line in lines)


def test_a_person_reads_who_is_there_and_where_to_look(running):
    told = "".join(line for line in running if line.startswith("#"))
    assert "for Small App" in told
    assert "Ana Ruiz; #tea" in told
    assert environment(running)["SLACK_PAGE_URL"] in told


def test_the_small_app_answers_and_its_button_works(ana):
    tea = channel(ana.scene(), "tea")["id"]
    ana.does("say", channel=tea, text="/invite @Small App")
    ana.does("say", channel=tea, text="hello")
    scene = ana.sees(lambda scene: "Hey there @Ana!" in said(scene))
    message = channel(scene, "tea")["messages"][-1]
    place = {"channel_id": tea, "message_ts": message["ts"]}
    block = message["blocks"][0]["block_id"]
    assert ana.does("press", container=place, action="button_click", block=block)["ok"]
    ana.sees(lambda scene: "@Ana clicked the button" in said(scene))


def test_the_small_apps_form_is_filled(ana):
    ana.does("say", channel="app", text="/order")
    view = ana.sees(lambda scene: scene["views"])["views"][0]["id"]
    field = {"container": {"view_id": view}, "action": "what", "block": "order"}
    ana.does("set", **field, value="the moon")
    assert ana.does("submit", view=view)["errors"] == {"order": "We are out of moons."}
    ana.does("set", **field, value="tea")
    assert ana.does("submit", view=view)["ok"]
    ana.sees(lambda scene: "Ana Ruiz ordered tea" in said(scene))


def test_the_small_apps_home_is_drawn(ana):
    ana.does("open_app", home=True)
    home = ana.sees(lambda scene: scene["home"])["home"]
    assert home["blocks"][0]["text"]["text"] == "*Welcome home*"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly_when_it_is_told_to(number):
    with simulated(MANIFEST, "--clock", "standing") as (running, _):
        assert stop(running, number) == (0, "")


def test_it_ends_cleanly_when_it_is_told_to_at_the_worst_instant():
    with simulated(MANIFEST, how=INTERRUPTED) as (running, _):
        assert running.communicate(timeout=PATIENCE)[1] == ""
    assert running.returncode == 0


def test_a_standing_clock_stands(tmp_path):
    with simulated(MANIFEST, "--clock", "standing") as (_, lines):
        ana = Visitor(environment(lines)["SLACK_PAGE_URL"], "Ana Ruiz")
        scene = ana.scene()
        assert not scene["page"]["running"]
        assert ana.scene()["now"] == scene["now"]


def refused(*options):
    """The exit code, and what is said instead of running."""
    result = CliRunner().invoke(cli, list(options))
    return result.exit_code, result.stderr.strip()


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("- a\n- b", "the whole of it has to be an object with names."),
        ("", "the whole of it has to be an object with names."),
        ("a: [1", "it is neither YAML nor JSON, as line 1 shows."),
        ("{}", "display_information.name is missing."),
        ("display_information: Tiny", "display_information has to be an object with names."),
        (
            json.dumps({**tiny_manifest(), "oauth_config": {"scopes": {"bot": "chat:write"}}}),
            "oauth_config.scopes.bot has to be a list.",
        ),
        (
            json.dumps(tiny_manifest(slash_commands=[{"command": "tiny", "description": "x"}])),
            "features.slash_commands[0].command is 'tiny': Slack wants a slash and 1 to 31 "
            "letters.",
        ),
        (
            json.dumps(tiny_manifest(shortcuts=[{"name": "x", "callback_id": "x"}])),
            "features.shortcuts[0].description is missing.",
        ),
    ],
)
def test_a_manifest_that_slack_would_not_take_is_named_with_what_is_wrong(
    tmp_path, words, complaint
):
    path = tmp_path / "app.yml"
    path.write_text(words)
    assert refused("--manifest", str(path)) == (
        1,
        f"{path} is no manifest that Slack would take: {complaint}",
    )


def test_a_manifest_that_cannot_be_read_is_named(tmp_path):
    assert refused("--manifest", str(tmp_path / "no.yml")) == (
        1,
        f"There is no file {tmp_path / 'no.yml'}.",
    )
    assert refused("--manifest", str(tmp_path)) == (
        1,
        f"{tmp_path} cannot be read: Is a directory.",
    )
    (tmp_path / "icon.png").write_bytes(b"\x89PNG\xff")
    assert refused("--manifest", str(tmp_path / "icon.png"))[1].endswith("it is not text.")
    assert refused() == (
        1,
        "Say which app this is for: --manifest FILE, with the app's manifest.",
    )


def test_a_port_that_cannot_be_had_is_named():
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        assert refused("--manifest", str(MANIFEST), "--port", str(taken)) == (
            1,
            f"Port {taken} is taken: choose another, or 0 for a free one.",
        )
    assert refused("--manifest", str(MANIFEST), "--port", "99999") == (
        1,
        "Port 99999 is out of range: it has to be 0 to 65535.",
    )


def test_names_that_cannot_be_are_refused():
    assert refused("--manifest", str(MANIFEST), "--person", " ") == (
        1,
        "A person needs a name: --person 'Ana Ruiz'.",
    )
    code, words = refused("--manifest", str(MANIFEST), "--channel", "Coffee Corner")
    assert (code, words[:52]) == (1, "'Coffee Corner' cannot be a channel's name: Slack wa")
