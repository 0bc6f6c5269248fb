// Slack's mrkdwn (and the old markdown block) as markup: mentions, links, dates, code, emphasis.
import { EMOJI, withEmoji } from "./emoji.js";
import { store } from "./store.js";
import { dateWords } from "./times.js";
import { html } from "./ui.js";

const INLINE = new RegExp([
  "`([^`\\n]+)`",
  "<([^<>]+)>",
  ":([a-z0-9_+'-]+):",
  "(?<![\\w*])\\*(?=\\S)([^*\\n]*?\\S)\\*(?![\\w*])",
  "(?<![\\w_])_(?=\\S)([^_\\n]*?\\S)_(?![\\w_])",
  "(?<![\\w~])~(?=\\S)([^~\\n]*?\\S)~(?![\\w~])",
].join("|"), "g");

export const plain = (text) =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

// The text of a text object (plain_text or mrkdwn), drawn.
export function Words({ of }) {
  if (!of) return null;
  if (typeof of === "string") return html`<${Mrkdwn} text=${of} />`;
  if (of.type === "plain_text") return of.emoji === false ? plain(of.text) : withEmoji(plain(of.text));
  return html`<${Mrkdwn} text=${of.text} />`;
}

// The words alone, for labels and titles.
export function bare(of) {
  const text = typeof of === "string" ? of : of?.text ?? "";
  if (of?.type === "plain_text") return withEmoji(plain(text));
  const resolved = text.replace(/<([^<>]+)>/g, (whole, token) => tokenWords(token).text);
  return withEmoji(plain(resolved.replace(/[*_~`]/g, "")));
}

export function Mrkdwn({ text }) {
  const parts = text.split(/```\n?([\s\S]*?)```/);
  return parts.map((part, at) =>
    at % 2 ? html`<pre><code>${plain(part.replace(/\n$/, ""))}</code></pre>` : quoted(part));
}

function quoted(text) {
  const drawn = [];
  let lines = [];
  let inside = false;
  const flush = () => {
    if (!lines.length) return;
    const body = inline(lines.join("\n"));
    drawn.push(inside ? html`<blockquote>${body}</blockquote>` : html`<span>${body}</span>`);
    lines = [];
  };
  for (const line of text.split("\n")) {
    const is = /^(&gt;|>) ?/.test(line);
    if (is !== inside) {
      flush();
      inside = is;
    }
    lines.push(is ? line.replace(/^(&gt;|>) ?/, "") : line);
  }
  flush();
  return drawn;
}

function inline(text) {
  const drawn = [];
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, code, token, name, bold, italic, strike] = found;
    if (found.index < from) continue;
    if (name && !EMOJI.has(name)) continue;
    drawn.push(plain(text.slice(from, found.index)));
    from = found.index + whole.length;
    if (code) drawn.push(html`<code>${plain(code)}</code>`);
    else if (token) drawn.push(drawToken(token));
    else if (name) drawn.push(html`<span role="img" aria-label=${name.replaceAll("_", " ")}>${EMOJI.get(name)}</span>`);
    else if (bold) drawn.push(html`<strong>${inline(bold)}</strong>`);
    else if (italic) drawn.push(html`<em>${inline(italic)}</em>`);
    else drawn.push(html`<s>${inline(strike)}</s>`);
  }
  drawn.push(plain(text.slice(from)));
  return drawn;
}

// What a `<…>` token says: {text, kind, href}.
function tokenWords(token) {
  const [target, label = ""] = token.split(/\|(.*)/s);
  const { people, conversations, public_channels: open } = store.scene;
  if (target.startsWith("@")) {
    return { text: `@${people[target.slice(1)]?.name ?? label ?? target.slice(1)}`, kind: "person", id: target.slice(1) };
  }
  if (target.startsWith("#")) {
    const id = target.slice(1);
    const known = conversations.find((c) => c.id === id)?.name ?? open[id];
    return { text: `#${label || known || "a private channel"}`, kind: "channel", id };
  }
  if (target.startsWith("!date^")) {
    const [, epoch, words] = target.split("^");
    return { text: dateWords(epoch, words, label), kind: "date" };
  }
  if (target.startsWith("!")) return { text: `@${label || target.slice(1)}`, kind: "broad" };
  return { text: label || target.replace(/^mailto:/, ""), kind: "link", href: plain(target) };
}

function drawToken(token) {
  const { text, kind, href, id } = tokenWords(token);
  if (kind === "link") {
    const safe = /^(https?:|mailto:)/.test(href);
    return safe ? html`<a href=${href} target="_blank" rel="noreferrer noopener">${plain(text)}</a>` : plain(text);
  }
  if (kind === "date") return html`<time>${plain(text)}</time>`;
  const mine = kind === "broad" || id === store.me;
  return html`<span class=${mine ? "mention mine" : "mention"}>${plain(text)}</span>`;
}

// The "markdown" block, near enough: headings and double stars become mrkdwn.
export const Markdown = ({ text }) => html`<${Mrkdwn} text=${text
  .replace(/^#{1,6} +(.*)$/gm, "*$1*")
  .replace(/\*\*(.+?)\*\*/g, "*$1*")
  .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, "<$2|$1>")
  .replace(/^[-*] +/gm, "• ")} />`;
