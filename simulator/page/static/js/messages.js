// Conversations: the list of messages, one message, its files, and the thread beside it.
import { Avatar } from "./avatar.js";
import { Blocks } from "./blocks.js";
import { Composer } from "./composer.js";
import { emoji } from "./emoji.js";
import { act, go, redraw, store } from "./store.js";
import { clock, day, dayAndClock, isoDay, ofTs } from "./times.js";
import { html, icon, useEffect, useLayoutEffect, useRef, useState } from "./ui.js";
import { Words } from "./words.js";

const SHOWN_AT_FIRST = 80;
const TOGETHER = 5 * 60 * 1000;
const QUIET = ["channel_join", "channel_leave"];

export function MessageList({ conversation, messages, label, marks }) {
  const box = useRef();
  const [all, setAll] = useState(false);
  const shown = all ? messages : messages.slice(-SHOWN_AT_FIRST);
  const last = messages.at(-1);
  const sticky = useRef(true);
  const place = `${store.me}/${conversation?.id}/${label}`;
  useLayoutEffect(() => { sticky.current = true; setAll(false); }, [place]);
  const measured = useRef("");
  const stick = () => {
    if (sticky.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  };
  useLayoutEffect(stick);
  useEffect(() => {
    const watch = new ResizeObserver(stick);
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    if (marks && conversation?.unread) act("read", { channel: conversation.id });
  }, [place, last?.ts, conversation?.unread]);
  const scrolled = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current;
    const sizes = `${scrollHeight}/${clientHeight}`;
    const grew = measured.current !== sizes; // a picture came, the window turned: nobody scrolled
    measured.current = sizes;
    if (grew && sticky.current) stick();
    else sticky.current = scrollHeight - scrollTop - clientHeight < 60;
  };
  return html`<div class="messages" role="log" aria-label=${label} tabindex="0" ref=${box} onScroll=${scrolled}>
    ${shown.length < messages.length && html`<button type="button" class="button earlier" onClick=${() => setAll(true)}>
      Show ${messages.length - shown.length} earlier messages</button>`}
    ${!messages.length && html`<p class="empty">Nothing here yet.</p>`}
    ${shown.map((message, n) => html`
      ${newDay(shown[n - 1], message) && html`<div class="day" key=${`day${message.ts}`}><span>${day(ofTs(message.ts))}</span></div>`}
      <${Message} key=${message.ts} message=${message} conversation=${conversation} follows=${follows(shown[n - 1], message)} inThread=${!marks} />`)}
  </div>`;
}

const newDay = (before, message) => !before || isoDay(ofTs(before.ts)) !== isoDay(ofTs(message.ts));
const follows = (before, message) => before && !newDay(before, message) && before.user === message.user
  && before.author === message.author && before.ephemeral === message.ephemeral && !QUIET.includes(before.subtype)
  && ofTs(message.ts) - ofTs(before.ts) < TOGETHER;

function Message({ message, conversation, follows: joined, inThread }) {
  const { scene } = store;
  const when = ofTs(message.ts);
  if (QUIET.includes(message.subtype)) {
    return html`<p class="quiet"><${Words} of=${message.text} /> <time>${clock(when)}</time></p>`;
  }
  const person = scene.people[message.user];
  const container = { channel_id: message.channel, message_ts: message.ts };
  const trouble = store.trouble.get(`${message.channel}/${message.ts}`);
  const replies = inThread ? [] : conversation.messages.filter((m) => m.thread_ts === message.ts && m.ts !== message.ts);
  return html`<article class=${`message ${joined ? "joined" : ""} ${message.ephemeral ? "ephemeral" : ""}`} aria-label=${`${message.author}, ${clock(when)}`}>
    <div class="who">${joined ? html`<time class="aside" title=${dayAndClock(when)}>${clock(when)}</time>` : html`<${Avatar} person=${person} />`}</div>
    <div class="said">
      ${!joined && html`<p class="by"><strong>${message.author}</strong>${message.by_app && html`<span class="tag">app</span>`}
        ${person?.status_emoji && html`<span role="img" aria-label=${person.status_text || "status"} title=${person.status_text}>${emoji(person.status_emoji)}</span>`}
        <time title=${dayAndClock(when)}>${clock(when)}</time></p>`}
      ${message.ephemeral && html`<p class="only">Only visible to you</p>`}
      <${Body} message=${message} container=${container} />
      ${trouble && html`<p class="error" role="alert">${trouble}</p>`}
      ${replies.length > 0 && html`<button type="button" class="link replies" onClick=${() => go(store.place, message.ts)}>
        ${replies.length} ${replies.length === 1 ? "reply" : "replies"}</button>`}
    </div>
    ${!message.ephemeral && !inThread && html`<button type="button" class="bare reply" aria-label="Reply in thread" title="Reply in thread"
      onClick=${() => go(store.place, message.thread_ts ?? message.ts)}>${icon("reply")}</button>`}
  </article>`;
}

function Body({ message, container }) {
  const at = { container, values: message.state };
  const words = !message.blocks.length || message.files.length;
  return html`
    ${words && message.text ? html`<div class="words"><p><${Words} of=${message.text} />${message.edited && html` <small>(edited)</small>`}</p></div>` : null}
    ${message.blocks.length > 0 && html`<${Blocks} blocks=${message.blocks} at=${at} />`}
    ${message.attachments.map((a) => html`<div class="attachment">
      ${a.text && html`<p><${Words} of=${a.text} /></p>`}<${Blocks} blocks=${a.blocks ?? []} at=${at} /></div>`)}
    ${message.files.map((file) => html`<${SharedFile} key=${file.id} file=${file} />`)}
    ${Object.keys(message.reactions).length > 0 && html`<p class="reactions">${Object.entries(message.reactions).map(([name, users]) => html`
      <span class="reaction">${emoji(name) ?? `:${name}:`} ${users.length}</span>`)}</p>`}`;
}

function SharedFile({ file }) {
  const path = new URL(file.url_private, location.href).pathname;
  if (file.mimetype.startsWith("image/")) {
    return html`<figure class="shared"><figcaption>${file.title}</figcaption>
      <a href=${path} target="_blank"><img src=${path} alt=${file.alt_txt || file.title} onLoad=${redraw} /></a></figure>`;
  }
  return html`<a class="file" href=${`${path}?download=1`} download=${file.name}>${icon("file")}
    <span><strong>${file.title}</strong><small>${file.name} · ${size(file.size)} · download</small></span></a>`;
}

const size = (bytes) => (bytes < 1024 ? `${bytes} bytes` : `${Math.round(bytes / 102.4) / 10} kB`);

// Messages of the conversation itself: replies show up in their thread only.
export const mainMessages = (conversation) =>
  conversation.messages.filter((m) => !m.thread_ts || m.thread_ts === m.ts || m.subtype === "thread_broadcast");

export function Thread({ conversation }) {
  const messages = conversation.messages.filter((m) => m.ts === store.thread || m.thread_ts === store.thread);
  return html`<aside class="thread" aria-label="Thread">
    <header><h2>Thread</h2><button type="button" class="bare" aria-label="Close thread" onClick=${() => go(store.place)}>${icon("close")}</button></header>
    <${MessageList} conversation=${conversation} messages=${messages} label="Thread" />
    <${Composer} conversation=${conversation} thread=${store.thread} />
  </aside>`;
}
