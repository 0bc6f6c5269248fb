// Avatars drawn from a person's id: two colours, two shapes and their initials; no network.
import { html } from "./ui.js";

const PAIRS = [
  ["#0b5f56", "#2b9e8b"], ["#7a3b12", "#d98b4a"], ["#3d3a7c", "#7f7bd1"], ["#7b2450", "#cf6d9e"],
  ["#1f4f7d", "#5b9bd5"], ["#4c5a14", "#9fb23f"], ["#6b2d2d", "#d07a6d"], ["#324a5f", "#7f9db8"],
  ["#5a2a74", "#ab79c9"], ["#10594a", "#6bbf8a"], ["#714c05", "#d3a63c"], ["#27485b", "#58a0a8"],
];

function numberOf(id) {
  let sum = 2166136261;
  for (const letter of id) sum = Math.imul(sum ^ letter.charCodeAt(0), 16777619) >>> 0;
  return sum;
}

const initials = (name) => {
  const words = name.trim().split(/\s+/);
  return ((words[0]?.[0] ?? "") + (words.length > 1 ? words.at(-1)[0] : "")).toUpperCase();
};

export function Avatar({ person, size = 36, id = person?.id ?? "?" }) {
  const seed = numberOf(id);
  const [deep, light] = PAIRS[seed % PAIRS.length];
  const x = (seed >> 5) % 40;
  const y = (seed >> 11) % 40;
  const turn = (seed >> 3) % 180;
  const bot = person?.is_bot;
  return html`<svg class=${bot ? "avatar bot" : "avatar"} width=${size} height=${size} viewBox="0 0 40 40" aria-hidden="true">
    <rect width="40" height="40" fill=${deep} />
    <circle cx=${x} cy=${y} r="15" fill=${light} opacity=".45" />
    <rect x="-10" y="27" width="60" height="30" fill=${light} opacity=".32" transform=${`rotate(${turn % 40 - 20} 20 20)`} />
    <text x="20" y="25.5" text-anchor="middle" font-size="15" font-weight="650" fill="#fff">${initials(person?.real_name ?? "?")}</text>
  </svg>`;
}
