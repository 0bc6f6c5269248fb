// Behind the curtain: the clock, the tour, what happened, and trouble to order.
import { prefill } from "./composer.js";
import { act, become, explain, go, keep, kept, now, redraw, store } from "./store.js";
import { dayAndClock, place, weekdayAndClock, zone } from "./times.js";
import { html, icon, useEffect, useRef, useState } from "./ui.js";
import { Words } from "./words.js";

const STEPS = [["+1 hour", 3600], ["+1 day", 86400], ["+1 week", 7 * 86400]];

async function pass(given) {
  store.trouble.delete("time");
  const outcome = await act("time", given);
  if (!outcome.ok) store.trouble.set("time", explain(outcome));
  redraw();
}

export function Clock() {
  const { page } = store.scene;
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 5000);
    return () => clearInterval(timer);
  }, []);
  const busy = Boolean(page.busy);
  const trouble = store.trouble.get("time");
  return html`<div class="clock" role="group" aria-label="Simulated time">
    <p class="now"><strong>${dayAndClock(now())}</strong><small>${place(zone())}</small></p>
    <div class="jumps">
      ${STEPS.map(([label, seconds]) => html`<button type="button" class="button" disabled=${busy} onClick=${() => pass({ seconds })}>${label}</button>`)}
      ${page.next && html`<button type="button" class="button next" disabled=${busy} title=${dayAndClock(Date.parse(page.next.at))}
        onClick=${() => pass({ next: true })}>${icon("next")}<span>${capital(page.next.label)}</span></button>`}
    </div>
    <span class="busyness" role="status">${busy ? `${page.busy}…` : ""}</span>
    ${trouble && html`<span class="error" role="alert">${trouble}</span>`}
  </div>`;
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

export function Stage({ onClose, onGo }) {
  return html`<aside class="stage" id="stage" aria-label="Behind the curtain">
    <header><h2>Behind the curtain</h2><button type="button" class="bare" aria-label="Hide this panel" onClick=${onClose}>${icon("close")}</button></header>
    <div class="parts" tabindex="0" role="region" aria-label="Tour, events and faults">
      <${Tour} onGo=${onGo} /><${Happened} /><${Trouble} />
    </div></aside>`;
}

// -- the tour -----------------------------------------------------------------

function Tour({ onGo }) {
  const { tour } = store.scene.page;
  const { steps, at } = tour;
  if (!steps.length) return null;
  if (tour.skipped || at >= steps.length) {
    const over = at >= steps.length;
    return html`<section class="part tour over"><h3>${over ? "That was the tour" : "Tour skipped"}</h3>
      <p>${over ? "Now it is yours: be anybody, move time, press everything." : "Look around as you like."}</p>
      <button type="button" class="button" onClick=${() => act("tour", { step: over ? 0 : at })}>${over ? "Start over" : "Take the tour"}</button></section>`;
  }
  return html`<${Step} step=${steps[at]} at=${at} steps=${steps} onGo=${onGo} />`;
}

let moved = false; // the visitor pressed Next or Back: the new step gets the focus

function Step({ step, at, steps, onGo }) {
  const who = step.as && store.scene.people[step.as];
  const wanted = placeOf(step.where);
  const there = (!step.as || step.as === store.me) && (!step.where || store.place === wanted);
  const take = () => {
    if (step.as && step.as !== store.me) become(step.as, wanted);
    else if (wanted) go(wanted);
    if (step.type_this) prefill(step.type_this);
    onGo();
  };
  const goes = [who && step.as !== store.me && `Be ${who.real_name}`, step.where && !there && `go to ${placeWords(step.where)}`].filter(Boolean).join(", ");
  const title = useRef();
  useEffect(() => { if (moved) title.current.focus(); moved = false; }, [at]);
  const stepTo = (n) => { moved = true; act("tour", { step: n }); };
  return html`<section class="part tour" aria-labelledby="tour-title">
    <ol class="dots" aria-label="Steps">${steps.map((s, n) => html`<li class=${n === at ? "at" : s.done ? "done" : ""}><span class="sr">${s.title}${s.done ? ", done" : ""}</span></li>`)}</ol>
    <h3 id="tour-title" tabindex="-1" ref=${title}>${at + 1}. ${step.title}</h3>
    <div class="words"><p><${Words} of=${step.text} /></p></div>
    ${step.hint && !step.done && html`<p class="hintline">${icon("bolt")} <span><${Words} of=${step.hint} /></span></p>`}
    <div class="doing" role="status">${step.done && html`<p class="well">${icon("check")} Done</p>`}</div>
    <div class="actions">
      ${!step.done && (goes || step.type_this) && html`<button type="button" class="button primary" onClick=${take}>${capital(goes || "put it into the message box")}</button>`}
      ${!step.done && step.next_stop && store.scene.page.next && html`<button type="button" class="button" disabled=${Boolean(store.scene.page.busy)}
        onClick=${() => pass({ next: true })}>${capital(store.scene.page.next.label)}</button>`}
      ${!step.done && step.helper && html`<${Helper} label=${step.helper} />`}
      ${step.done && html`<button type="button" class="button primary" onClick=${() => stepTo(at + 1)}>${at + 1 < steps.length ? "Next step" : "Finish"}</button>`}
      <span class="quietly">
        ${at > 0 && html`<button type="button" class="link" onClick=${() => stepTo(at - 1)}>Back</button>`}
        ${!step.done && html`<button type="button" class="link" onClick=${() => stepTo(at + 1)}>Skip this step</button>`}
        <button type="button" class="link" onClick=${() => act("tour", { skip: true })}>Skip the tour</button></span>
    </div></section>`;
}

function Helper({ label }) {
  const [busy, setBusy] = useState(false);
  const help = async () => {
    setBusy(true);
    const outcome = await act("tour", { help: true });
    setBusy(false);
    if (!outcome.ok) store.trouble.set("time", explain(outcome));
    redraw();
  };
  return html`<button type="button" class=${`button ${busy ? "busy" : ""}`} disabled=${busy} onClick=${help}><span>${label}</span></button>`;
}

function placeOf(where) {
  if (["app", "home", "group"].includes(where)) return where === "group" ? newestGroup() : where;
  return channelNamed(where);
}
const newestGroup = () => store.scene.conversations.filter((c) => c.kind === "mpim" && c.messages.length)
  .sort((a, b) => parseFloat(b.messages.at(-1).ts) - parseFloat(a.messages.at(-1).ts))[0]?.id ?? "";
function channelNamed(name) {
  const known = store.scene.conversations.find((c) => c.name === name)?.id;
  return known ?? Object.entries(store.scene.public_channels).find(([, n]) => n === name)?.[0] ?? "";
}
const placeWords = (where) => ({ group: "the newest group message", app: `the messages with ${store.scene.app.name}`, home: `the Home tab of ${store.scene.app.name}` }[where] ?? `#${where}`);

// -- what happened ------------------------------------------------------------

function Happened() {
  const lines = [...store.scene.page.log].reverse().filter((l) => l.kind !== "fault");
  return html`<section class="part"><h3>What happened</h3>
    ${!lines.length && html`<p class="hint">Let time pass, and what the app did is listed here.</p>`}
    <ol class="happened">${lines.slice(0, 60).map((l) => html`<li>${drawnLine(l)}</li>`)}</ol></section>`;
}

// What was played says when by itself ("Monday 10:00: …", "Monday: …"); other lines get their time.
function drawnLine(line) {
  const [, when, what] = (line.kind === "played" && /^(\w+day(?: \d\d:\d\d)?): (.*)$/s.exec(line.text)) || [];
  return html`<time>${when ? when.replace(/^(\w{3})\w*/, "$1") : weekdayAndClock(Date.parse(line.at))}</time><span>${what ?? line.text}</span>`;
}

// -- trouble ------------------------------------------------------------------

const FAULTS = [
  { name: "lose", label: "Lose the next answer", about: "The message is posted, but the app never hears so." },
  { name: "rate_limit", label: "Rate-limit", about: "The next post is refused with 429: come back in 30 seconds." },
  { name: "server_error", label: "Internal error", about: "The next post meets HTTP 500." },
  { name: "drop_socket", label: "Drop the socket", about: "The app's connection is cut; it has to come back." },
];

// Calls that went well within one day are one line; a refusal or a fault stands alone.
function runs(calls) {
  const found = [];
  for (const call of calls) {
    const when = weekdayAndClock(Date.parse(call.at));
    const day = when.split(" ")[0];
    const last = found.at(-1);
    if (call.ok && last?.ok && last.day === day) {
      last.counts.set(call.method, (last.counts.get(call.method) ?? 0) + 1);
      if (last.when !== when) last.when = day;
    } else found.push({ ...call, when, day, counts: new Map([[call.method, 1]]) });
  }
  return found;
}

// "files.getUploadURLExternal" may break after its dot.
const methodName = (name) => html`<code>${name.split(/(?<=\.)/).map((part) => html`${part}<wbr />`)}</code>`;

function Trouble() {
  const { page, app } = store.scene;
  const [open, setOpen] = useState(kept("trouble", "") === "yes");
  const [saying, setSaying] = useState("");
  const order = async (fault) => {
    setSaying(`${fault.label}…`);
    const outcome = await act("fault", { name: fault.name });
    setSaying(outcome.notice || (outcome.ok ? `${fault.label}: ordered.` : explain(outcome)));
  };
  const orders = page.log.filter((l) => l.kind === "fault").map((l) => ({ at: l.at, fault: l.text }));
  const wire = runs([...page.calls, ...orders].sort((a, b) => Date.parse(b.at) - Date.parse(a.at))).slice(0, 24);
  return html`<details class="part" open=${open} onToggle=${(e) => { setOpen(e.target.open); keep("trouble", e.target.open ? "yes" : ""); }}>
    <summary><h3>Make trouble</h3></summary>
    <p class="hint">Break something and watch that nothing is lost.</p>
    <div class="faults">${[...FAULTS, ...page.faults].map((f) => html`
      <div><button type="button" class="button" onClick=${() => order(f)}>${f.label}</button>${f.about && html`<small>${f.about}</small>`}</div>`)}</div>
    <p class="hint" role="status">${saying}</p>
    <h4>What ${app.name} says to the workspace <span class=${`lamp ${page.connected ? "on" : ""}`}>${page.connected ? "connected" : "not connected"}</span></h4>
    <ol class="wire">${wire.map((c) => html`<li class=${c.fault ? "fault" : c.ok ? "" : "refused"}><time>${c.when}</time>
      ${c.fault ? html`<span>${c.fault}</span>` : c.ok ? html`<span>${[...c.counts].map(([method, count]) => html`${methodName(method)}${count > 1 && ` × ${count}`} `)}</span>`
      : html`<span>${methodName(c.method)} ${c.error}</span>`}</li>`)}</ol>
  </details>`;
}
