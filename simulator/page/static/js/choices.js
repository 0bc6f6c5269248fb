// One menu for every select: a text box that filters a list (the ARIA combobox pattern).
import { Avatar } from "./avatar.js";
import { freshId, html, icon, useEffect, useLayoutEffect, useRef, useState } from "./ui.js";

// options: [{key, label, description?, group?, person?}]; `load(query)` brings them instead.
export function Choices(props) {
  const { options = [], load, selected, multi, onChange, label, placeholder, max = 100 } = props;
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const [loaded, setLoaded] = useState(null);
  const list = useRef();
  const field = useRef();
  const [id] = useState(() => freshId("choices"));
  const chosen = selected.map((key) => options.find((o) => o.key === key) ?? props.known?.(key) ?? { key, label: key });
  const shown = offered(load ? loaded ?? [] : options, query, multi ? selected : [], load);
  const full = multi && selected.length >= max;

  useEffect(() => {
    if (!load || !open) return undefined;
    const timer = setTimeout(async () => setLoaded(await load(query)), loaded ? 180 : 0);
    return () => clearTimeout(timer);
  }, [open, query]);
  usePlaced(open, field, list, shown.length);

  useEffect(() => {
    if (open) setAt(Math.max(0, multi ? 0 : shown.findIndex((o) => o.key === selected[0])));
  }, [open]);

  const close = () => { setOpen(false); setQuery(""); };
  const pick = (option) => {
    if (multi) {
      if (!full) onChange([...chosen, option]);
      setQuery("");
      setAt(0);
      field.current.focus();
    } else {
      onChange(option);
      close();
    }
  };
  const drop = (key) => {
    onChange(multi ? chosen.filter((o) => o.key !== key) : null);
    field.current.focus();
  };
  const onKeyDown = (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) {
      event.preventDefault();
      if (!open) setOpen(true);
      else if (shown.length) setAt((at + move + shown.length) % shown.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (open && shown[at]) pick(shown[at]);
      else setOpen(!open);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Backspace" && multi && !query && chosen.length) {
      drop(chosen.at(-1).key);
    } else if (event.key === "Tab") close();
  };
  const single = multi ? null : chosen[0];
  return html`<div class="choices ${props.class ?? ""}">
    ${multi && chosen.length > 0 && html`<ul class="chips" aria-label=${`${label}: chosen`}>${chosen.map((o) => html`
      <li class="chip" key=${o.key}>${o.person && html`<${Avatar} person=${o.person} size=${18} />`}<span>${o.label}</span>
        <button type="button" class="bare" aria-label=${`Remove ${o.label}`} onClick=${() => drop(o.key)}>${icon("close")}</button>
      </li>`)}</ul>`}
    <div class="box">
      <input ref=${field} id=${props.id} type="text" role="combobox" autocomplete="off" spellcheck=${false}
        aria-expanded=${open ? "true" : "false"} aria-controls=${`${id}-list`} aria-autocomplete="list"
        aria-activedescendant=${open && shown[at] ? `${id}-${at}` : undefined}
        aria-label=${props.id ? undefined : label} aria-describedby=${props.describedby} aria-invalid=${props.invalid ? "true" : undefined}
        data-field disabled=${props.disabled}
        value=${open ? query : single?.label ?? ""} placeholder=${single && open ? single.label : multi && chosen.length ? "Add another" : placeholder}
        onInput=${(e) => { setQuery(e.target.value); setOpen(true); setAt(0); }}
        onClick=${() => setOpen(multi || !open)} onBlur=${close} onKeyDown=${onKeyDown} />
      ${single && props.optional && html`<button type="button" class="bare" aria-label=${`Clear ${label}`} onClick=${() => drop()}>${icon("close")}</button>`}
      ${icon("down")}
    </div>
    <ul id=${`${id}-list`} class="listbox" role="listbox" popover="manual" aria-label=${label} ref=${list} onMouseDown=${(e) => e.preventDefault()}>
      ${open && rows(shown, at, id, pick, selected)}
      ${open && !shown.length && html`<li class="none" role="option" aria-disabled="true" aria-selected="false">
        ${load && !loaded ? "Asking the app…" : full ? `At most ${max}` : "Nothing matches"}</li>`}
    </ul>
  </div>`;
}

function rows(shown, at, id, pick, selected) {
  return shown.map((o, n) => html`
    ${o.group && o.group !== shown[n - 1]?.group && html`<li class="group" role="presentation">${o.group}</li>`}
    <li id=${`${id}-${n}`} role="option" aria-selected=${n === at || selected.includes(o.key) ? "true" : "false"}
      class=${n === at ? "at" : ""} onClick=${() => pick(o)}>
      ${o.person && html`<${Avatar} person=${o.person} size=${22} />`}
      <span class="what">${o.label}${o.description && html`<small>${o.description}</small>`}</span>
      ${selected.includes(o.key) && icon("check")}
    </li>`);
}

function offered(options, query, taken, loaded) {
  const wanted = query.trim().toLowerCase();
  return options.filter((o) => !taken.includes(o.key)
    && (loaded || !wanted || `${o.label} ${o.description ?? ""}`.toLowerCase().includes(wanted)));
}

// Keep the list beside its box, in the top layer so that nothing clips it.
function usePlaced(open, field, list, count) {
  useLayoutEffect(() => {
    const popup = list.current;
    if (!open) {
      if (popup.matches(":popover-open")) popup.hidePopover();
      return undefined;
    }
    if (!popup.matches(":popover-open")) popup.showPopover();
    const place = () => {
      const box = field.current.parentElement.getBoundingClientRect();
      const below = innerHeight - box.bottom - 12;
      const above = box.top - 12;
      const up = below < 200 && above > below;
      popup.style.left = `${Math.min(box.left, innerWidth - Math.max(box.width, 220) - 8)}px`;
      popup.style.width = `${Math.max(box.width, 220)}px`;
      popup.style.maxHeight = `${Math.min(300, up ? above : below)}px`;
      popup.style.top = up ? "auto" : `${box.bottom + 4}px`;
      popup.style.bottom = up ? `${innerHeight - box.top + 4}px` : "auto";
    };
    place();
    addEventListener("scroll", place, true);
    addEventListener("resize", place);
    return () => {
      removeEventListener("scroll", place, true);
      removeEventListener("resize", place);
    };
  }, [open, count]);
  useEffect(() => {
    list.current.querySelector(".at")?.scrollIntoView({ block: "nearest" });
  });
}
