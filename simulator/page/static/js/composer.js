// The message box: words, slash commands and names, completed while typing.
import { act, explain, redraw, store, titleOf } from "./store.js";
import { freshId, html, icon, useEffect, useRef, useState } from "./ui.js";

const OWN = [
  { name: "/invite", usage_hint: "@name", description: "Bring a person or an app into this channel" },
  { name: "/leave", usage_hint: "", description: "Leave this channel" },
];
const texts = new Map(); // what stands in each box, by person and place

// Put words into the box of the place the visitor is in.
export function prefill(text) {
  texts.set(`${store.me}/${store.place}/`, text);
  redraw();
  requestAnimationFrame(() => document.querySelector(".talk .composer textarea")?.focus());
}

export function Composer({ conversation, thread = "" }) {
  const key = `${store.me}/${store.place}/${thread}`;
  const [id] = useState(() => freshId("composer"));
  const [at, setAt] = useState(0);
  const [closed, setClosed] = useState("");
  const [busy, setBusy] = useState(false);
  const box = useRef();
  const text = texts.get(key) ?? "";
  const offers = closed === text || thread ? [] : completions(text);
  const trouble = store.trouble.get(key);
  useEffect(() => { if (matchMedia("(pointer: fine)").matches && !document.querySelector("dialog[open]")) box.current?.focus(); }, [key]);
  useEffect(() => {
    if (!box.current) return;
    box.current.style.height = "auto";
    box.current.style.height = `${Math.min(box.current.scrollHeight, 200)}px`;
  }, [text]);

  const why = closedBecause(conversation);
  if (why) return html`<p class="composer shut">${why}</p>`;
  const write = (words) => { texts.set(key, words); setAt(0); redraw(); };
  const accept = (offer) => { write(offer.becomes); box.current.focus(); };
  const send = async () => {
    if (!text.trim() || busy) return;
    texts.delete(key);
    store.trouble.delete(key);
    setBusy(true);
    const outcome = await act("say", { channel: conversation?.id ?? "app", text, thread: thread || null });
    setBusy(false);
    if (!outcome.ok && !text.startsWith("/")) {
      store.trouble.set(key, explain(outcome));
      texts.set(key, text);
    }
    redraw();
  };
  const onKeyDown = (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (offers.length && move) {
      event.preventDefault();
      setAt((at + move + offers.length) % offers.length);
    } else if (offers.length && (event.key === "Tab" || event.key === "Enter") && !event.shiftKey && offers[at].becomes !== text) {
      event.preventDefault();
      accept(offers[at]);
    } else if (offers.length && event.key === "Escape") {
      event.preventDefault();
      setClosed(text);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    }
  };
  const label = thread ? "Reply" : `Message to ${placeName(conversation)}`;
  return html`<div class="composer">
    ${offers.length > 0 && html`<ul class="offers" role="listbox" id=${`${id}-list`} aria-label="Completions">${offers.map((offer, n) => html`
      <li id=${`${id}-${n}`} key=${offer.label} role="option" class=${n === at ? "at" : ""} aria-selected=${n === at ? "true" : "false"}
        onMouseDown=${(e) => e.preventDefault()} onClick=${() => accept(offer)}>
        <strong>${offer.label}</strong>${offer.hint && html`<code>${offer.hint}</code>`}<small>${offer.description}</small></li>`)}</ul>`}
    ${trouble && html`<p class="error" role="alert">${trouble}</p>`}
    <div class="box">
      <textarea ref=${box} rows="1" value=${text} placeholder=${thread ? "Reply…" : `Message ${placeName(conversation)}, or / for commands`} aria-label=${label}
        role="combobox" aria-expanded=${offers.length ? "true" : "false"} aria-controls=${offers.length ? `${id}-list` : undefined}
        aria-autocomplete="list" aria-activedescendant=${offers.length ? `${id}-${at}` : undefined}
        onInput=${(e) => write(e.target.value)} onKeyDown=${onKeyDown}></textarea>
      <button type="button" class=${`bare send ${busy ? "busy" : ""}`} aria-label="Send" disabled=${!text.trim()} onClick=${send}>${icon("send")}</button>
    </div>
    <p class="waiting" role="status">${busy ? `${store.scene.app.name} is answering…` : ""}</p>
  </div>`;
}

const placeName = (conversation) =>
  !conversation ? store.scene.app.name : ["channel", "private"].includes(conversation.kind) ? `#${conversation.name}` : titleOf(conversation);

function closedBecause(conversation) {
  const { app } = store.scene;
  if (conversation?.archived) return "This channel is archived.";
  const withApp = !conversation || (conversation.kind === "im" && conversation.members.includes(app.bot_user_id));
  if (withApp && (!app.messages_tab || app.read_only)) return `${app.name} does not take messages here.`;
  return "";
}

// -- completion ---------------------------------------------------------------

function completions(text) {
  if (/^\/\S*$/.test(text)) return commandOffers(text);
  const typed = /^(\/\S+) (\S*)$/.exec(text);
  if (typed && !typed[2].startsWith("@")) return wordOffers(typed[1], typed[2]);
  const named = /(^|\s)@(\p{L}[\p{L} ]{0,20}|)$/u.exec(text);
  return named ? nameOffers(text, named[2]) : [];
}

const commandOffers = (text) => [...store.scene.app.commands, ...OWN]
  .filter((c) => c.name.startsWith(text))
  .map((c) => ({ label: c.name, hint: c.usage_hint, description: c.description, becomes: `${c.name} ` }));

// The words a usage hint lists ("[join | leave | pause 2w]") can be completed as well.
function wordOffers(command, start) {
  const hint = [...store.scene.app.commands, ...OWN].find((c) => c.name === command)?.usage_hint ?? "";
  const listed = hint.replace(/^\[|\]$/g, "").split("|").map((one) => one.trim()).filter((one) => /^[a-z]+( |$)/.test(one));
  if (listed.length < 2) return [];
  return listed.filter((one) => one.startsWith(start) && one !== start)
    .map((one) => ({ label: `${command} ${one.split(" ")[0]}`, hint: one.split(" ").slice(1).join(" "), description: "", becomes: `${command} ${one.split(" ")[0]}` }))
    .filter((offer) => offer.becomes !== `${command} ${start}`);
}

function nameOffers(text, start) {
  const wanted = start.toLowerCase();
  return Object.values(store.scene.people)
    .filter((p) => !p.deleted && p.real_name.toLowerCase().startsWith(wanted) && p.id !== store.me && p.real_name !== start)
    .slice(0, 6)
    .map((p) => ({ label: p.real_name, hint: "", description: p.title, becomes: `${text.slice(0, text.length - start.length)}${p.real_name} ` }));
}
