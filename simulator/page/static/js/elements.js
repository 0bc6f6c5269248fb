// Block Kit's interactive elements: what each looks like, holds, and tells the app.
import { Choices } from "./choices.js";
import { Menu, confirmed } from "./dialogs.js";
import { act, actAt, keyOf, redraw, spotOf, store, titleOf } from "./store.js";
import { fromLocal, toLocal, zone } from "./times.js";
import { freshId, html, useState } from "./ui.js";
import { Words, bare } from "./words.js";

const STATE_KEY = {
  plain_text_input: "value", email_text_input: "value", url_text_input: "value", number_input: "value",
  rich_text_input: "rich_text_value", static_select: "selected_option", external_select: "selected_option",
  radio_buttons: "selected_option", users_select: "selected_user", conversations_select: "selected_conversation",
  channels_select: "selected_channel", multi_static_select: "selected_options",
  multi_external_select: "selected_options", checkboxes: "selected_options", multi_users_select: "selected_users",
  multi_conversations_select: "selected_conversations", multi_channels_select: "selected_channels",
  datepicker: "selected_date", timepicker: "selected_time", datetimepicker: "selected_date_time", file_input: "files",
};
const INITIAL = {
  value: "initial_value", rich_text_value: "initial_value", selected_option: "initial_option",
  selected_options: "initial_options", selected_user: "initial_user", selected_users: "initial_users",
  selected_conversation: "initial_conversation", selected_conversations: "initial_conversations",
  selected_channel: "initial_channel", selected_channels: "initial_channels", selected_date: "initial_date",
  selected_time: "initial_time", selected_date_time: "initial_date_time",
};

// -- what is held, and sending it ---------------------------------------------

function held(at, block, element) {
  const draft = store.drafts.get(keyOf(at.container, block, element));
  if (draft !== undefined) return draft;
  const key = STATE_KEY[element.type];
  return at.values?.[block.block_id]?.[element.action_id]?.[key] ?? element[INITIAL[key]] ?? null;
}

const waiting = new Map(); // typed text on its way to the server: key -> {timer, send}
const sending = new Set();

function remember(at, block, element, value, delay = 0) {
  const key = keyOf(at.container, block, element);
  store.drafts.set(key, value);
  clearTimeout(waiting.get(key)?.timer);
  const send = () => {
    waiting.delete(key);
    const sent = act("set", { container: at.container, action: element.action_id, block: block.block_id, value });
    sending.add(sent);
    sent.finally(() => sending.delete(sent));
  };
  waiting.set(key, { send, timer: setTimeout(send, delay) });
  redraw();
}

// Everything typed so far has reached the server once this resolves.
export async function flush() {
  for (const { send, timer } of [...waiting.values()]) {
    clearTimeout(timer);
    send();
  }
  await Promise.all(sending);
}

async function choose(at, block, element, value) {
  if (block.type === "input" && !block.dispatch_action) {
    remember(at, block, element, value);
    return;
  }
  if (!(await confirmed(element.confirm))) return;
  const key = keyOf(at.container, block, element);
  if (STATE_KEY[element.type]) store.drafts.set(key, value);
  await flush();
  await actAt(key, spotOf(at.container), "press", {
    container: at.container, action: element.action_id, block: block.block_id, value,
  });
  if (!at.container.view_id || at.home) store.drafts.delete(key);
  redraw();
}

// -- drawing ------------------------------------------------------------------

// at: {container, values, home?}; field: {id, describedby, invalid, label} inside an input block.
export function Element({ element, block, at, field = {} }) {
  const Kind = KINDS[element.type];
  if (!Kind) return html`<span class="unknown">(${element.type})</span>`;
  const label = field.label ?? bare(element.accessibility_label ?? element.placeholder ?? block.text ?? element.action_id);
  const key = keyOf(at.container, block, element);
  return html`<${Kind} key=${key} element=${element} block=${block} at=${at} field=${field} label=${label}
    value=${held(at, block, element)} busy=${store.under_way.has(key)}
    onChoose=${(value) => choose(at, block, element, value)} />`;
}

function Button({ element, busy, onChoose }) {
  const props = { class: `button ${element.style ?? ""} ${busy ? "busy" : ""}`, "aria-busy": busy ? "true" : undefined };
  const words = html`<span><${Words} of=${element.text} /></span>`;
  if (element.url) {
    return html`<a ...${props} href=${element.url} target="_blank" rel="noreferrer noopener" aria-label=${element.accessibility_label}
      onClick=${() => onChoose(null)}>${words}</a>`;
  }
  return html`<button type="button" ...${props} aria-label=${element.accessibility_label}
    onClick=${() => { if (!busy) onChoose(null); }}>${words}</button>`;
}

function Overflow({ element, busy, onChoose, block }) {
  const items = element.options.map((o) => ({ ...o, label: bare(o.text), description: o.description && bare(o.description) }));
  return html`<${Menu} label=${`More actions: ${bare(block.text) || "open menu"}`} items=${items} busy=${busy} onPick=${(item) => {
    if (item.url) open(item.url, "_blank", "noreferrer");
    onChoose(item.value);
  }} />`;
}

// -- menus --------------------------------------------------------------------

const optionRow = (o, group) => ({ key: o.value, label: bare(o.text), description: o.description && bare(o.description), group, raw: o });

function optionsOf(element) {
  const grouped = (element.option_groups ?? []).flatMap((g) => g.options.map((o) => optionRow(o, bare(g.label))));
  return [...(element.options ?? []).map((o) => optionRow(o)), ...grouped];
}

function Select({ element, block, at, value, label, field, busy, onChoose }) {
  const multi = element.type.startsWith("multi_");
  const list = multi ? value ?? [] : value ? [value] : [];
  const options = optionsOf(element);
  const asOption = (o) => (typeof o === "string" ? options.find((row) => row.key === o)?.raw ?? { value: o, text: o } : o);
  const kept = list.map(asOption);
  const external = element.type.endsWith("external_select");
  const load = external && (async (query) => {
    if (query.length < (element.min_query_length ?? 3)) return [];
    const answer = await act("suggest", { container: at.container, action: element.action_id, block: block.block_id, query });
    return (answer.options ?? []).map((o) => optionRow(o));
  });
  const send = (rows) => onChoose(multi ? rows.map((r) => r.raw) : rows ? rows.raw : null);
  return html`<${Choices} ...${menuProps(element, field, label, block, busy)} options=${options} load=${load || undefined}
    selected=${kept.map((o) => o.value)} known=${(key) => optionRow(kept.find((o) => o.value === key))} multi=${multi} onChange=${send} />`;
}

const menuProps = (element, field, label, block, busy) => ({
  ...field, label, placeholder: bare(element.placeholder) || "Choose", max: element.max_selected_items ?? 100,
  optional: block.type === "input" && block.optional, class: busy ? "busy" : "",
});

function PeopleSelect({ element, block, value, label, field, busy, onChoose }) {
  const multi = element.type.startsWith("multi_");
  const kind = element.type.replace("multi_", "");
  const options = kind === "users_select" ? peopleRows() : placeRows(element, kind);
  const list = multi ? value ?? [] : value ? [value] : [];
  const send = (rows) => onChoose(multi ? rows.map((r) => r.key) : rows ? rows.key : null);
  return html`<${Choices} ...${menuProps(element, field, label, block, busy)} options=${options} selected=${list} multi=${multi} onChange=${send} />`;
}

export const peopleRows = () => Object.values(store.scene.people)
  .filter((p) => !p.deleted)
  .map((p) => ({ key: p.id, label: p.real_name, description: p.title || (p.is_bot ? "app" : ""), person: p }));

function placeRows(element, kind) {
  const { conversations, public_channels: open } = store.scene;
  const wanted = kind === "channels_select" ? ["public"] : element.filter?.include ?? ["public", "private", "im", "mpim"];
  const rows = [];
  if (wanted.includes("public")) rows.push(...Object.entries(open).map(([key, name]) => ({ key, label: `#${name}` })));
  for (const c of conversations) {
    if (c.kind === "private" && wanted.includes("private")) rows.push({ key: c.id, label: `#${c.name}`, description: "private" });
    if (["im", "mpim"].includes(c.kind) && wanted.includes(c.kind)) rows.push({ key: c.id, label: titleOf(c) });
  }
  return rows;
}

// -- boxes, dates, text -------------------------------------------------------

function Boxes({ element, value, label, field, onChoose }) {
  const [name] = useState(() => freshId("boxes"));
  const radio = element.type === "radio_buttons";
  const list = (radio ? [value] : value ?? []).filter(Boolean).map((o) => o.value ?? o);
  const toggle = (option) => {
    if (radio) onChoose(option.value);
    else onChoose(element.options.map((o) => o.value).filter((v) => (v === option.value) !== list.includes(v)));
  };
  return html`<div class="boxes" role=${radio ? "radiogroup" : "group"} aria-label=${label} aria-describedby=${field.describedby}
      aria-invalid=${radio && field.invalid ? "true" : undefined}>
    ${element.options.map((o) => html`<label key=${o.value}>
      <input type=${radio ? "radio" : "checkbox"} name=${name} data-field checked=${list.includes(o.value)} onChange=${() => toggle(o)} />
      <span><${Words} of=${o.text} />${o.description && html`<small><${Words} of=${o.description} /></small>`}</span></label>`)}
  </div>`;
}

const NATIVE = { datepicker: "date", timepicker: "time", datetimepicker: "datetime-local" };

function Picker({ element, block, value, label, field, busy, onChoose }) {
  const [typed, setTyped] = useState(null);
  const [timer, setTimer] = useState(0);
  const together = element.type === "datetimepicker";
  const shown = typed ?? (together && value ? toLocal(value) : value ?? "");
  const settle = (text) => {
    clearTimeout(timer);
    setTyped(null);
    const next = together ? fromLocal(text) : text;
    if ((next || null) !== (value || null)) onChoose(next || null);
  };
  const changed = (event) => {
    const text = event.target.value;
    clearTimeout(timer);
    setTyped(text);
    const sane = !text || element.type === "timepicker" || Number(text.slice(0, 4)) > 1900;
    // while somebody types a date the box passes through others: wait for a pause, or for leaving it
    if (block.type === "input" && !block.dispatch_action) settle(text);
    else if (sane) setTimer(setTimeout(() => settle(text), 700));
  };
  return html`<input class=${`line ${busy ? "busy" : ""}`} type=${NATIVE[element.type]} ...${fieldProps(field, label)} value=${shown} max=${together ? "9999-12-31T23:59" : element.type === "datepicker" ? "9999-12-31" : undefined}
    title=${element.timezone ?? (element.type === "datepicker" ? undefined : zone())}
    onInput=${changed} onBlur=${() => { if (typed !== null) settle(typed); }} />`;
}

const fieldProps = (field, label) => ({
  id: field.id, "aria-label": field.id ? undefined : label, "aria-describedby": field.describedby,
  "aria-invalid": field.invalid ? "true" : undefined, "data-field": true,
});

const INPUT_MODE = { number_input: "decimal", email_text_input: "email", url_text_input: "url" };

function Text({ element, block, at, value, label, field, onChoose }) {
  const on = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const rich = element.type === "rich_text_input";
  const dispatches = block.dispatch_action;
  const typed = (event) => {
    const text = rich ? asRich(event.target.value) : event.target.value;
    if (dispatches && on.includes("on_character_entered")) onChoose(text);
    else remember(at, block, element, text || null, 250);
  };
  const onKeyDown = (event) => {
    if (event.key !== "Enter" || event.shiftKey) return;
    if (dispatches && on.includes("on_enter_pressed") && !element.multiline) {
      event.preventDefault();
      event.stopPropagation();
      onChoose(event.target.value);
    }
  };
  const shown = rich ? fromRich(value) : value ?? "";
  const props = { class: "line", ...fieldProps(field, label), value: shown, placeholder: bare(element.placeholder), onInput: typed, onKeyDown };
  if (element.multiline || rich) return html`<textarea rows="4" ...${props}></textarea>`;
  return html`<input type="text" inputmode=${INPUT_MODE[element.type]} autocomplete="off" ...${props} />`;
}

const asRich = (text) => (text ? {
  type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }],
} : null);
const fromRich = (value) => (value?.elements ?? []).flatMap((s) => s.elements ?? []).map((e) => e.text ?? "").join("");

const FileInput = () => html`<p class="hint">Files cannot be chosen in the simulator.</p>`;
const Picture = ({ element }) => html`<img class="thumb" src=${pictureSource(element)} alt=${element.alt_text} />`;
export const pictureSource = (of) => {
  const url = of.image_url ?? of.slack_file?.url ?? "";
  try { return new URL(url, location.href).pathname; } catch { return ""; }
};

const KINDS = {
  button: Button, icon_button: Button, overflow: Overflow, checkboxes: Boxes, radio_buttons: Boxes,
  static_select: Select, multi_static_select: Select, external_select: Select, multi_external_select: Select,
  users_select: PeopleSelect, multi_users_select: PeopleSelect, conversations_select: PeopleSelect,
  multi_conversations_select: PeopleSelect, channels_select: PeopleSelect, multi_channels_select: PeopleSelect,
  datepicker: Picker, timepicker: Picker, datetimepicker: Picker, plain_text_input: Text, email_text_input: Text,
  url_text_input: Text, number_input: Text, rich_text_input: Text, file_input: FileInput, image: Picture,
};
