// The left side: who the visitor is, the channels, direct messages and the app.
import { Avatar } from "./avatar.js";
import { Dialog } from "./dialogs.js";
import { emoji } from "./emoji.js";
import { act, appConversation, become, go, now, store, titleOf } from "./store.js";
import { clockIn, place } from "./times.js";
import { freshId, html, icon, useState } from "./ui.js";

export function Sidebar({ onGo }) {
  const { scene } = store;
  const [dialog, setDialog] = useState("");
  const all = scene.conversations;
  const channels = all.filter((c) => ["channel", "private"].includes(c.kind)).sort((a, b) => a.name.localeCompare(b.name));
  const bot = scene.app.bot_user_id;
  const talks = all.filter((c) => ["im", "mpim"].includes(c.kind) && !c.members.includes(bot) || c.kind === "mpim")
    .filter((c) => c.messages.length).sort((a, b) => lastTs(b) - lastTs(a));
  const visit = (where) => { go(where); onGo(); };
  const withApp = appConversation();
  return html`<nav class="sidebar" id="sidebar" aria-label="Workspace">
    <${Me} onClick=${() => setDialog("people")} />
    <div class="lists">
      <h2>Channels</h2>
      <ul>${channels.map((c) => html`<${Row} key=${c.id} id=${c.id} unread=${c.unread} onGo=${visit} name=${c.name} archived=${c.archived}
        mark=${c.kind === "private" ? icon("lock") : html`<span class="hash">#</span>`} />`)}
        <li><button type="button" class="row soft" onClick=${() => setDialog("browse")}><span class="mark">${icon("plus")}</span>Browse channels</button></li></ul>
      <h2>Direct messages</h2>
      <ul>${talks.map((c) => html`<${Row} key=${c.id} id=${c.id} unread=${c.unread} onGo=${visit} name=${titleOf(c)} mark=${html`<${TalkMark} conversation=${c} />`} />`)}
        ${!talks.length && html`<li class="none">None yet</li>`}</ul>
      <h2>Apps</h2>
      <ul><${Row} id="app" also="home" unread=${withApp?.unread ?? 0} onGo=${() => visit(store.scene.app.home_tab && !withApp?.unread ? "home" : "app")}
        name=${scene.app.name} mark=${html`<${Avatar} person=${scene.people[bot]} size=${20} />`} /></ul>
    </div>
    ${dialog === "people" && html`<${People} onClose=${() => setDialog("")} onPick=${(id) => { setDialog(""); become(id); onGo(); }} />`}
    ${dialog === "browse" && html`<${Browse} onClose=${() => setDialog("")} onPick=${(id) => { setDialog(""); visit(id); }} />`}
  </nav>`;
}

const lastTs = (c) => parseFloat(c.messages.at(-1)?.ts ?? 0);

function Row({ id, also, name, mark, unread, onGo, archived }) {
  const here = [id, also, appConversation()?.id && id === "app" ? appConversation().id : id].includes(store.place);
  return html`<li><button type="button" class=${`row ${unread && !here ? "unread" : ""} ${archived ? "soft" : ""}`} aria-current=${here ? "page" : undefined} onClick=${() => onGo(id)}>
    <span class="mark">${mark}</span><span class="name">${name}</span>
    ${unread > 0 && !here && html`<span class="count" aria-label=${`${unread} unread`}>${unread}</span>`}</button></li>`;
}

function TalkMark({ conversation }) {
  const others = conversation.members.filter((m) => m !== store.me);
  const bot = store.scene.app.bot_user_id;
  const people = others.filter((m) => m !== bot);
  return people.length > 1 ? html`<span class="several">${people.length}</span>`
    : html`<${Avatar} person=${store.scene.people[people[0] ?? others[0]]} size=${20} />`;
}

function Me({ onClick }) {
  const { me } = store.scene;
  return html`<button type="button" class="me" aria-haspopup="dialog" onClick=${onClick}>
    <${Avatar} person=${me} size=${40} />
    <span><small>You are</small><strong>${me.real_name}${me.status_emoji && ` ${emoji(me.status_emoji) ?? ""}`}</strong>
      <small>${[me.title, `${clockIn(now(), me.tz)} in ${place(me.tz)}`].filter(Boolean).join(" · ")}</small></span>
    <span class="swap">${icon("down")}<span class="sr">Be somebody else</span></span></button>`;
}

// -- being somebody else ------------------------------------------------------

function People({ onClose, onPick }) {
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const [id] = useState(() => freshId("people"));
  const wanted = query.trim().toLowerCase();
  const named = (p) => p.real_name.toLowerCase().startsWith(wanted); // before those whose title matches
  const people = Object.values(store.scene.people).filter((p) => !p.is_bot && !p.deleted && p.tz)
    .filter((p) => `${p.real_name} ${p.title}`.toLowerCase().includes(wanted))
    .sort((a, b) => named(b) - named(a) || a.real_name.localeCompare(b.real_name));
  const onKeyDown = (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && people.length) {
      event.preventDefault();
      const next = (at + move + people.length) % people.length;
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && people[at]) {
      event.preventDefault();
      onPick(people[at].id);
    }
  };
  return html`<${Dialog} kind="people" title="Be somebody else" onClose=${onClose}>
    <div class="find"><input class="line" type="text" role="combobox" aria-label="Find a person" placeholder="Find a person" aria-expanded="true" data-focus
      aria-controls=${`${id}-list`} aria-activedescendant=${people[at] ? `${id}-${at}` : undefined} aria-autocomplete="list" autocomplete="off"
      value=${query} onInput=${(e) => { setQuery(e.target.value); setAt(0); }} onKeyDown=${onKeyDown} /></div>
    <ul class="body" role="listbox" id=${`${id}-list`} aria-label="People">${people.map((p, n) => html`
      <li key=${p.id} id=${`${id}-${n}`} role="option" aria-selected=${n === at ? "true" : "false"} class=${n === at ? "at" : ""} onClick=${() => onPick(p.id)}>
        <${Avatar} person=${p} size=${32} />
        <span class="what"><strong>${p.real_name}${p.status_emoji && ` ${emoji(p.status_emoji) ?? ""}`}</strong>
          <small>${[p.title, p.is_admin && "admin", p.is_guest && "guest", `${clockIn(now(), p.tz)} in ${place(p.tz)}`].filter(Boolean).join(" · ")}</small></span>
        ${p.id === store.me && html`<small>you</small>`}</li>`)}
      ${!people.length && html`<li class="none" role="option" aria-selected="false">Nobody by that name</li>`}</ul>
  <//>`;
}

function Browse({ onClose, onPick }) {
  const inside = new Set(store.scene.conversations.map((c) => c.id));
  const open = Object.entries(store.scene.public_channels).sort((a, b) => a[1].localeCompare(b[1]));
  const join = async (id) => { await act("join", { channel: id }); onPick(id); };
  return html`<${Dialog} title="Channels" onClose=${onClose}>
    <ul class="body browse">${open.map(([id, name]) => html`<li key=${id}><span>#${name}</span>
      ${inside.has(id) ? html`<button type="button" class="button" onClick=${() => onPick(id)}>Open<span class="sr"> ${name}</span></button>`
        : html`<button type="button" class="button primary" onClick=${() => join(id)}>Join<span class="sr"> ${name}</span></button>`}</li>`)}</ul>
  <//>`;
}
