// Dialogs on the browser's own <dialog>: focus stays inside, Escape closes, focus comes back.
import { redraw, store } from "./store.js";
import { freshId, html, icon, useEffect, useLayoutEffect, useRef, useState } from "./ui.js";
import { Words, bare } from "./words.js";

export function Dialog({ title, onClose, children, foot, kind = "", closeLabel = "Close" }) {
  const box = useRef();
  const [id] = useState(() => freshId("dialog"));
  useLayoutEffect(() => {
    const dialog = box.current;
    dialog.showModal();
    const first = dialog.querySelector("[data-focus]") ?? dialog.querySelector("[data-field]:not([disabled])")
      ?? dialog.querySelector(".foot button:last-of-type");
    (first ?? dialog).focus({ preventScroll: true });
    return () => dialog.close();
  }, []);
  const cancelled = (event) => {
    event.preventDefault();
    onClose("escape");
  };
  return html`<dialog ref=${box} class=${`dialog ${kind}`} aria-labelledby=${id} onCancel=${cancelled}
      onKeyDown=${(e) => { if (e.key === "Escape") { e.preventDefault(); e.stopPropagation(); onClose("escape"); } }}>
    <header><h2 id=${id}>${title}</h2>
      <button type="button" class="bare" aria-label=${closeLabel} onClick=${() => onClose("cross")}>${icon("close")}</button>
    </header>
    ${children}
    ${foot && html`<footer class="foot">${foot}</footer>`}
  </dialog>`;
}

// Ask "are you sure?" the way the app's confirm object words it; true when confirmed.
export function confirmed(confirm) {
  if (!confirm) return Promise.resolve(true);
  return new Promise((resolve) => {
    store.asking = { confirm, answer: (yes) => { store.asking = null; redraw(); resolve(yes); } };
    redraw();
  });
}

export function Confirm() {
  if (!store.asking) return null;
  const { confirm, answer } = store.asking;
  const style = confirm.style === "danger" ? "danger" : "primary";
  return html`<${Dialog} kind="small" title=${bare(confirm.title)} onClose=${() => answer(false)} foot=${html`
      <button type="button" class="button" onClick=${() => answer(false)}>${bare(confirm.deny)}</button>
      <button type="button" class=${`button ${style}`} onClick=${() => answer(true)}>${bare(confirm.confirm)}</button>`}>
    <div class="body words"><${Words} of=${confirm.text} /></div>
  <//>`;
}

// A button that opens a small list of things to do; arrows move, Escape closes.
export function Menu({ label, items, onPick, children, disabled, busy }) {
  const [open, setOpen] = useState(false);
  const box = useRef();
  const trigger = useRef();
  useEffect(() => {
    if (!open) return undefined;
    box.current.querySelector("[role=menuitem]")?.focus();
    const away = (event) => { if (!box.current?.contains(event.target)) setOpen(false); };
    addEventListener("pointerdown", away);
    return () => removeEventListener("pointerdown", away);
  }, [open]);
  const onKeyDown = (event) => {
    const all = [...box.current.querySelectorAll("[role=menuitem]")];
    const at = all.indexOf(document.activeElement);
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" || event.key === "Tab") {
      if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); trigger.current.focus(); }
      setOpen(false);
    } else if (move) {
      event.preventDefault();
      all[(at + move + all.length) % all.length].focus();
    }
  };
  const pick = (item) => { setOpen(false); trigger.current.focus(); onPick(item); };
  return html`<div class="menu" ref=${box}>
    <button type="button" ref=${trigger} class=${`button overflow ${busy ? "busy" : ""}`} aria-label=${label} aria-haspopup="menu"
      aria-expanded=${open ? "true" : "false"} disabled=${disabled} onClick=${() => setOpen(!open)}>${children ?? "⋯"}</button>
    ${open && html`<ul role="menu" aria-label=${label} onKeyDown=${onKeyDown}>${items.map((item) => html`
      <li role="none"><button type="button" role="menuitem" class="bare" onClick=${() => pick(item)}>
        ${item.label}${item.description && html`<small>${item.description}</small>`}</button></li>`)}</ul>`}
  </div>`;
}
