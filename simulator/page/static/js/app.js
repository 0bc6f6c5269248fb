// The frame: the bar with the clock, the workspace on the left, the place in the middle, the stage.
import { Avatar } from "./avatar.js";
import { Composer } from "./composer.js";
import { Confirm, Dialog } from "./dialogs.js";
import { MessageList, Thread, mainMessages } from "./messages.js";
import { Sidebar } from "./sidebar.js";
import { Clock, Stage } from "./stage.js";
import { conversation, go, keep, kept, redraw, start, store, titleOf, useStore } from "./store.js";
import { html, icon, render, useEffect, useState } from "./ui.js";
import { Home, Modal } from "./views.js";

const NARROW = matchMedia("(max-width: 1080px)");

function App() {
  useStore();
  const [stage, setStage] = useState(() => !NARROW.matches && kept("stage", "yes") === "yes");
  const [drawer, setDrawer] = useState(false);
  useEffect(() => {
    const narrowed = () => { if (NARROW.matches) setStage(false); };
    NARROW.addEventListener("change", narrowed);
    return () => NARROW.removeEventListener("change", narrowed);
  }, []);
  useEffect(() => {
    const escape = (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
      if (drawer) setDrawer(false);
      else if (stage && NARROW.matches) setStage(false);
      else if (store.thread) go(store.place);
    };
    addEventListener("keydown", escape);
    return () => removeEventListener("keydown", escape);
  });
  if (!store.scene) {
    return html`<p class="opening" role="status">${store.online ? "Opening the workspace…" : "The simulator cannot be reached."}</p>`;
  }
  const showStage = (on) => { setStage(on); if (!NARROW.matches) keep("stage", on ? "yes" : "no"); };
  const gone = () => { setDrawer(false); if (NARROW.matches) setStage(false); };
  return html`
    <a class="skip" href="#talk" onClick=${(e) => { e.preventDefault(); document.querySelector(".talk textarea, .talk [tabindex]")?.focus(); }}>Skip to the conversation</a>
    <div class=${`frame ${stage ? "with-stage" : ""} ${drawer ? "with-drawer" : ""}`}>
      <header class="bar">
        <button type="button" class="bare only-narrow" aria-label="Channels and people" aria-expanded=${drawer ? "true" : "false"} aria-controls="sidebar" onClick=${() => setDrawer(!drawer)}>${icon("menu")}</button>
        <h1><img src="/page/icon.svg" alt="" width="24" height="24" /><span>${store.scene.team.name}</span></h1>
        <${Clock} />
        <${Theme} />
        <button type="button" class="button stage-toggle" aria-label="Tour and faults" aria-expanded=${stage ? "true" : "false"} aria-controls="stage" onClick=${() => showStage(!stage)}>${icon("stage")}<span>Tour and faults</span></button>
      </header>
      <${Sidebar} onGo=${gone} />
      <${Middle} />
      ${stage && html`<${Stage} onClose=${() => showStage(false)} onGo=${gone} />`}
    </div>
    <${Modal} /><${Confirm} />`;
}

function Middle() {
  const { scene, place } = store;
  const here = conversation();
  const bot = scene.app.bot_user_id;
  const withApp = place === "app" || place === "home" || (here?.kind === "im" && here.members.includes(bot));
  const thread = here && place !== "home" && store.thread;
  return html`<main class=${`talk ${thread ? "with-thread" : ""}`} id="talk">
    <div class="main">
      ${withApp ? html`<${AppHead} />` : here ? html`<${Head} conversation=${here} />` : null}
      <${State} />
      ${place === "home" ? html`<${Home} />` : here || withApp ? html`
        <${MessageList} conversation=${here} messages=${here ? mainMessages(here) : []} label=${`Messages in ${here ? titleOf(here) : scene.app.name}`} marks />
        <${Composer} conversation=${here} />`
      : html`<p class="empty">${scene.me.real_name} is not in that conversation. Choose another on the left.</p>`}
    </div>
    ${thread && html`<${Thread} conversation=${here} />`}
  </main>`;
}

// Says so when the app (or the simulator itself) is not there.
function State() {
  const { scene, online } = store;
  const words = !online ? "The simulator cannot be reached. Is it still running?"
    : scene.page.app_state || (scene.page.connected ? "" : `${scene.app.name} is not connected right now: what you press waits for nobody.`);
  return html`<div role="status">${words && html`<p class="notice bad">${words}</p>`}</div>`;
}

function Head({ conversation: here }) {
  const [open, setOpen] = useState(false);
  const named = ["channel", "private"].includes(here.kind);
  return html`<header class="head"><h2>${named ? `#${here.name}` : titleOf(here)}</h2>
    ${here.topic && html`<p class="topic">${here.topic}</p>`}
    <button type="button" class="button members" aria-haspopup="dialog" onClick=${() => setOpen(true)}>${icon("people")}<span>${here.members.length}<span class="sr"> members</span></span></button>
    ${open && html`<${Dialog} kind="people" title="Members" onClose=${() => setOpen(false)}>
      <ul class="body" tabindex="0" data-focus>${here.members.map((id) => store.scene.people[id]).map((p) => html`<li key=${p.id}>
        <${Avatar} person=${p} size=${32} /><span class="what"><strong>${p.real_name}</strong><small>${p.title || (p.is_bot ? "app" : "")}</small></span></li>`)}</ul>
    <//>`}
  </header>`;
}

function AppHead() {
  const { app, people } = store.scene;
  const home = store.place === "home";
  return html`<header class="head"><${Avatar} person=${people[app.bot_user_id]} size=${28} /><h2>${app.name}</h2>
    <div class="tabs" role="group" aria-label=${`Pages of ${app.name}`}>
      ${app.home_tab && html`<button type="button" aria-current=${home ? "page" : undefined} onClick=${() => go("home")}>Home</button>`}
      <button type="button" aria-current=${home ? undefined : "page"} onClick=${() => go("app")}>Messages</button></div>
  </header>`;
}

// -- light and dark -----------------------------------------------------------

const SYSTEM_DARK = matchMedia("(prefers-color-scheme: dark)");

function Theme() {
  const [chosen, setChosen] = useState(() => kept("theme", ""));
  const dark = chosen ? chosen === "dark" : SYSTEM_DARK.matches;
  useEffect(() => {
    const changed = () => redraw();
    SYSTEM_DARK.addEventListener("change", changed);
    return () => SYSTEM_DARK.removeEventListener("change", changed);
  }, []);
  useEffect(() => { document.documentElement.dataset.theme = chosen; }, [chosen]);
  const turn = () => { const next = dark ? "light" : "dark"; keep("theme", next); setChosen(next); };
  return html`<button type="button" class="bare" aria-label=${dark ? "Use light colours" : "Use dark colours"} onClick=${turn}>${icon(dark ? "sun" : "moon")}</button>`;
}

document.documentElement.dataset.theme = kept("theme", "");
start();
const root = document.getElementById("app");
root.textContent = "";
render(html`<${App} />`, root);
