// Times as the person looking reads them, in their own zone.
import { now, store } from "./store.js";

export const zone = () => store.scene.me.tz || "UTC";
const made = new Map();

function format(options, when, locale = "en-GB", tz = zone()) {
  const key = JSON.stringify([options, locale, tz]);
  if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(locale, { timeZone: tz, ...options }));
  return made.get(key).format(when);
}

export const clock = (when) => format({ hour: "2-digit", minute: "2-digit" }, when);
export const clockIn = (when, tz) => format({ hour: "2-digit", minute: "2-digit" }, when, "en-GB", tz || "UTC");
export const day = (when) => format({ weekday: "long", day: "numeric", month: "long" }, when);
export const weekdayAndClock = (when) => `${format({ weekday: "short" }, when)} ${clock(when)}`;
export const dayAndClock = (when) =>
  `${format({ weekday: "short", day: "numeric", month: "short" }, when)}, ${clock(when)}`;
export const isoDay = (when) => format({ year: "numeric", month: "2-digit", day: "2-digit" }, when, "en-CA");
export const place = (tz) => (tz || "UTC").split("/").pop().replaceAll("_", " ");
export const ofTs = (ts) => Math.round(parseFloat(ts) * 1000);

function near(when) {
  const days = (Date.parse(isoDay(when)) - Date.parse(isoDay(now()))) / 86400000;
  return { 0: "today", 1: "tomorrow", "-1": "yesterday" }[Math.round(days)];
}

function ago(when) {
  const seconds = (now() - when) / 1000;
  for (const [size, unit] of [[86400, "day"], [3600, "hour"], [60, "minute"]]) {
    const count = Math.floor(Math.abs(seconds) / size);
    if (count) {
      const words = `${count} ${unit}${count > 1 ? "s" : ""}`;
      return seconds > 0 ? `${words} ago` : `in ${words}`;
    }
  }
  return "now";
}

// `{date_short} at {time}` of a `<!date^…>` token; the fallback when it makes no sense.
export function dateWords(epoch, words, fallback) {
  const when = Number(epoch) * 1000;
  if (!Number.isFinite(when)) return fallback;
  return words.replace(/\{(\w+)\}/g, (whole, name) => dateWord(name, when) ?? whole);
}

function dateWord(name, when) {
  if (name.endsWith("_pretty")) return near(when) ?? dateWord(name.slice(0, -7), when);
  const date = { day: "numeric", year: "numeric" };
  const american = (options) => format(options, when, "en-US");
  return {
    date_num: () => isoDay(when),
    date: () => american({ ...date, month: "long" }),
    date_slash: () => american({ day: "2-digit", month: "2-digit", year: "numeric" }),
    date_short: () => american({ ...date, month: "short" }),
    date_long: () => american({ ...date, month: "long", weekday: "long" }),
    day_divider_pretty: () => near(when),
    time: () => american({ hour: "numeric", minute: "2-digit" }),
    time_secs: () => american({ hour: "numeric", minute: "2-digit", second: "2-digit" }),
    ago: () => ago(when),
  }[name]?.();
}

// A `datetime-local` value in the person's zone, and back to seconds since 1970.
export function toLocal(epoch) {
  const when = epoch * 1000;
  return `${isoDay(when)}T${clock(when)}`;
}
export function fromLocal(text) {
  const guess = Date.parse(`${text}:00Z`);
  if (Number.isNaN(guess)) return null;
  let when = guess;
  for (let turn = 0; turn < 2; turn += 1) when -= Date.parse(`${toLocal(when / 1000)}:00Z`) - guess;
  return Math.round(when / 1000);
}
