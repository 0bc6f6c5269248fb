// What the app draws for one person: its modals and its Home tab.
import { Blocks } from "./blocks.js";
import { Dialog } from "./dialogs.js";
import { flush } from "./elements.js";
import { actAt, redraw, store } from "./store.js";
import { html, useEffect, useRef, useState } from "./ui.js";
import { bare } from "./words.js";

export function Modal() {
  const view = store.scene.views.at(-1);
  return view ? html`<${OpenModal} key=${view.id} view=${view} depth=${store.scene.views.length} />` : null;
}

function OpenModal({ view, depth }) {
  const [local, setLocal] = useState({}); // complaints of the last submission, until the scene shows them
  const body = useRef();
  const key = `submit|${view.id}`;
  const busy = store.under_way.has(key);
  const errors = { ...local, ...view.errors };
  const trouble = store.trouble.get(view.id);
  const wrong = Object.keys(errors).join();
  useEffect(() => { if (wrong) body.current.querySelector(".wrong [data-field]")?.focus(); }, [wrong]);
  useEffect(() => () => forget(view.id), []);

  const submit = async (event) => {
    event.preventDefault();
    if (busy || view.submit_disabled) return;
    await flush();
    setLocal({});
    const outcome = await actAt(key, view.id, "submit", { view: view.id });
    if (!outcome.ok) setLocal(outcome.errors ?? {});
  };
  const close = async (how) => {
    await actAt(`close|${view.id}`, view.id, "close", { view: view.id, everything: how === "cross" });
  };
  const foot = html`
    ${busy && html`<span class="hint" role="status">Sending…</span>`}
    <button type="button" class="button" onClick=${() => close("cancel")}>${view.close ? bare(view.close) : depth > 1 ? "Back" : "Close"}</button>
    ${view.submit && html`<button type="submit" form=${`form-${view.id}`} class=${`button primary ${busy ? "busy" : ""}`} aria-busy=${busy ? "true" : undefined}
      disabled=${view.submit_disabled}>${bare(view.submit)}</button>`}`;
  return html`<${Dialog} title=${bare(view.title)} onClose=${close} foot=${foot}>
    <form class="body" id=${`form-${view.id}`} novalidate ref=${body} onSubmit=${submit} tabindex="-1">
      ${trouble && html`<p class="notice bad" role="alert">${trouble}</p>`}
      <${Blocks} blocks=${view.blocks} at=${{ container: { view_id: view.id }, values: view.state.values }} errors=${errors} />
    </form>
  <//>`;
}

function forget(viewId) {
  for (const key of [...store.drafts.keys()]) if (key.startsWith(`${viewId}|`)) store.drafts.delete(key);
  store.trouble.delete(viewId);
  redraw();
}

export function Home() {
  const { home, app } = store.scene;
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 4000);
    return () => clearTimeout(timer);
  }, [store.me]);
  if (!home) {
    return html`<div class="home"><p class="empty" role="status">${late
      ? `${app.name} has not drawn this page. Is it running?` : `${app.name} is drawing this page…`}</p></div>`;
  }
  const trouble = store.trouble.get(home.id);
  return html`<div class="home" tabindex="0" role="region" aria-label=${`Home of ${app.name}`}><div class="sheet">
    ${trouble && html`<p class="notice bad" role="alert">${trouble}</p>`}
    <${Blocks} blocks=${home.blocks} at=${{ container: { view_id: home.id }, values: home.state.values, home: true }} />
  </div></div>`;
}
