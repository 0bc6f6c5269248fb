// The blocks of messages, modals and Home tabs.
import { Element, pictureSource } from "./elements.js";
import { emoji } from "./emoji.js";
import { store } from "./store.js";
import { dateWords } from "./times.js";
import { freshId, html, useState } from "./ui.js";
import { Markdown, Words, bare } from "./words.js";

export const Blocks = ({ blocks, at, errors = {} }) => blocks.map((block) => {
  const Kind = KINDS[block.type] ?? Other;
  return html`<${Kind} key=${block.block_id} block=${block} at=${at} error=${errors[block.block_id]} />`;
});

function Section({ block, at }) {
  return html`<div class="section">
    <div class="words">
      ${block.text && html`<p><${Words} of=${block.text} /></p>`}
      ${block.fields && html`<div class="fields">${block.fields.map((f) => html`<p><${Words} of=${f} /></p>`)}</div>`}
    </div>
    ${block.accessory && html`<div class="accessory"><${Element} element=${block.accessory} block=${block} at=${at} /></div>`}
  </div>`;
}

const Actions = ({ block, at }) => html`<div class="actions">
  ${block.elements.map((element) => html`<${Element} key=${element.action_id} element=${element} block=${block} at=${at} />`)}</div>`;

const Context = ({ block }) => html`<div class="context">${block.elements.map((e) =>
  e.type === "image" ? html`<img src=${pictureSource(e)} alt=${e.alt_text} />` : html`<span class="words"><${Words} of=${e} /></span>`)}</div>`;

const Header = ({ block }) => html`<h3 class="header"><${Words} of=${block.text} /></h3>`;
const Divider = () => html`<hr />`;

function Picture({ block }) {
  return html`<figure>${block.title && html`<figcaption><${Words} of=${block.title} /></figcaption>`}
    <img src=${pictureSource(block)} alt=${block.alt_text} /></figure>`;
}

const GROUPED = ["checkboxes", "radio_buttons"];

function Input({ block, at, error }) {
  const [id] = useState(() => freshId("field"));
  const label = bare(block.label);
  const notes = [error && `${id}-error`, block.hint && `${id}-hint`].filter(Boolean).join(" ") || undefined;
  const grouped = GROUPED.includes(block.element.type);
  const field = { id: grouped ? undefined : id, label, describedby: notes, invalid: Boolean(error) };
  const optional = block.optional && html` <span class="optional">(optional)</span>`;
  return html`<div class=${`input ${error ? "wrong" : ""}`}>
    ${grouped ? html`<span class="label" aria-hidden="true">${label}${optional}</span>` : html`<label class="label" for=${id}>${label}${optional}</label>`}
    <${Element} element=${block.element} block=${block} at=${at} field=${field} />
    ${error && html`<p class="error" id=${`${id}-error`}>${error}</p>`}
    ${block.hint && html`<p class="hint" id=${`${id}-hint`}><${Words} of=${block.hint} /></p>`}
  </div>`;
}

// -- rich text, tables --------------------------------------------------------

const Rich = ({ block }) => html`<div class="words rich">${block.elements.map((e) => richPart(e))}</div>`;

function richPart(part) {
  const inner = (part.elements ?? []).map((e) => (e.elements ? richPart(e) : richLeaf(e)));
  if (part.type === "rich_text_list") {
    const items = inner.map((one) => html`<li>${one}</li>`);
    return part.style === "ordered" ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
  }
  if (part.type === "rich_text_preformatted") return html`<pre><code>${inner}</code></pre>`;
  if (part.type === "rich_text_quote") return html`<blockquote>${inner}</blockquote>`;
  return html`<p>${inner}</p>`;
}

function richLeaf(leaf) {
  const { people, public_channels: open } = store.scene;
  const drawn = {
    user: () => html`<span class=${leaf.user_id === store.me ? "mention mine" : "mention"}>@${people[leaf.user_id]?.name ?? leaf.user_id}</span>`,
    channel: () => html`<span class="mention">#${open[leaf.channel_id] ?? "channel"}</span>`,
    broadcast: () => html`<span class="mention mine">@${leaf.range}</span>`,
    emoji: () => emoji(leaf.name) ?? `:${leaf.name}:`,
    link: () => html`<a href=${leaf.url} target="_blank" rel="noreferrer noopener">${leaf.text ?? leaf.url}</a>`,
    date: () => dateWords(leaf.timestamp, leaf.format, leaf.fallback ?? ""),
  }[leaf.type]?.() ?? leaf.text ?? "";
  const style = leaf.style ?? {};
  if (style.code) return html`<code>${drawn}</code>`;
  if (style.bold) return html`<strong>${drawn}</strong>`;
  if (style.italic) return html`<em>${drawn}</em>`;
  return style.strike ? html`<s>${drawn}</s>` : drawn;
}

const cell = (c) => (c.elements ? c.elements.map(richPart) : html`<${Words} of=${c.text ?? ""} />`);

function Table({ block }) {
  const [head, ...rows] = block.rows;
  return html`<div class="table" tabindex="0" role="region" aria-label=${block.caption ?? "Table"}><table>
    <thead><tr>${head.map((c) => html`<th scope="col">${cell(c)}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${row.map((c) => html`<td>${cell(c)}</td>`)}</tr>`)}</tbody></table></div>`;
}

// -- the rest -----------------------------------------------------------------

const Md = ({ block }) => html`<div class="words"><${Markdown} text=${block.text} /></div>`;
const Alert = ({ block }) => html`<div class="notice" role="note"><${Words} of=${block.text} /></div>`;

function Card({ block, at }) {
  return html`<div class="card">${["title", "subtitle", "body"].map((name) => block[name] && html`<p class=${name}><${Words} of=${block[name]} /></p>`)}
    ${block.actions && html`<div class="actions">${block.actions.map((element) => html`<${Element} element=${element} block=${block} at=${at} />`)}</div>`}</div>`;
}

const Other = ({ block }) => html`<p class="hint">(${block.type}${block.title ? `: ${bare(block.title)}` : ""})</p>`;

const KINDS = {
  section: Section, actions: Actions, context_actions: Actions, context: Context, header: Header, divider: Divider,
  image: Picture, input: Input, rich_text: Rich, markdown: Md, table: Table, data_table: Table, alert: Alert, card: Card,
};
