// What every part of the page draws with: Preact, its hooks, and markup in template strings.
import { Fragment, h, render } from "preact";
import htm from "htm";

export { Fragment, render };
export { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
export const html = htm.bind(h);

let number = 0;
// An id that no other element on the page has.
export const freshId = (prefix = "i") => `${prefix}${(number += 1)}`;

export const icon = (name) => html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
  <path d=${ICONS[name]} /></svg>`;

const ICONS = {
  menu: "M3 5h14M3 10h14M3 15h14",
  close: "M5 5l10 10M15 5L5 15",
  down: "M5 8l5 5 5-5",
  reply: "M8 5L3 10l5 5M3 10h9a5 5 0 0 1 5 5v1",
  send: "M3 10l14-7-5 14-3-6zM9 11l8-8",
  sun: "M10 6a4 4 0 1 0 0 8 4 4 0 0 0 0-8M10 1v2M10 17v2M1 10h2M17 10h2M3.6 3.6l1.5 1.5M14.9 14.9l1.5 1.5M3.6 16.4l1.5-1.5M14.9 5.1l1.5-1.5",
  moon: "M16.5 12.5A7 7 0 0 1 7.5 3.5a7 7 0 1 0 9 9z",
  stage: "M3 4h14v12H3zM12 4v12",
  lock: "M5 9h10v8H5zM7 9V6a3 3 0 0 1 6 0v3",
  plus: "M10 4v12M4 10h12",
  file: "M5 2h7l4 4v12H5zM12 2v4h4",
  next: "M4 4l7 6-7 6zM15 4v12",
  check: "M4 10.5l4 4 8-9",
  people: "M7 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6M1 17c0-4 2.5-6 6-6s6 2 6 6M13.5 9a2.5 2.5 0 1 0 0-5M15 11c2.5.5 4 2.5 4 6",
  bolt: "M11 1L4 11h5l-1 8 8-11h-6z",
};
