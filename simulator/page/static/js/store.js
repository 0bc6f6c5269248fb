// The state of the page: the scene the server sends, where the visitor is, what is under way.
import { useEffect, useState } from "./ui.js";

export const store = {
  scene: null,
  me: "",
  place: "", // a conversation id, "app" (messages with the app) or "home" (its Home tab)
  thread: "",
  online: true,
  under_way: new Set(), // what waits for an answer
  trouble: new Map(), // by place of the trouble: what to say there
  drafts: new Map(), // what was chosen or typed and the server has not shown yet
  asking: null, // a confirmation: {confirm, answer}
  offset: 0, // simulated time minus this machine's, in milliseconds
};

const watchers = new Set();
let version = 0;
export function redraw() {
  version += 1;
  for (const watch of watchers) watch();
}
export function useStore() {
  const [, see] = useState(version);
  useEffect(() => {
    const watch = () => see(version);
    watchers.add(watch);
    watch(); // what came after the drawing and before the watching: often the first scene
    return () => watchers.delete(watch);
  }, []);
  return store;
}

// -- the scene ----------------------------------------------------------------

let source = null;
function listen(me) {
  if (source) source.close();
  source = new EventSource(`/page/events?as=${encodeURIComponent(me)}`);
  source.onmessage = (event) => show(JSON.parse(event.data));
  source.onopen = () => { store.online = true; redraw(); };
  source.onerror = () => { store.online = false; redraw(); };
}

function show(scene) {
  store.scene = scene;
  store.online = true;
  store.offset = Date.parse(scene.now) - Date.now();
  document.title = `${scene.me.real_name} – ${scene.app.name}, simulated`;
  if (!store.place) store.place = firstPlace(scene);
  if (store.me !== scene.me.id) {
    store.me = scene.me.id;
    remember(true);
  }
  redraw();
}

function firstPlace(scene) {
  const first = scene.conversations.find((c) => c.id === scene.page.start_in)
    || scene.conversations.find((c) => c.kind === "channel");
  return first ? first.id : "app";
}

// The simulated instant, in milliseconds; it stands still when the workspace's clock does.
export function now() {
  const scene = store.scene;
  return scene.page.running ? Date.now() + store.offset : Date.parse(scene.now);
}

// -- where the visitor is -----------------------------------------------------

function remember(replace = false) {
  const words = [store.me, store.place, store.thread].filter(Boolean).map(encodeURIComponent);
  const hash = `#/${words.join("/")}`;
  if (location.hash === hash) return;
  if (replace) history.replaceState(null, "", hash);
  else history.pushState(null, "", hash);
}

function readHash() {
  const [me = "", place = "", thread = ""] =
    location.hash.replace(/^#\//, "").split("/").map(decodeURIComponent);
  const other = me !== store.me || !source;
  Object.assign(store, { me, place, thread });
  if (other) listen(me);
  if (place === "home" || place === "app") tellApp(place);
  else if (!place && store.scene) store.place = firstPlace(store.scene);
  redraw();
}

export function start() {
  window.addEventListener("popstate", readHash);
  window.addEventListener("hashchange", readHash);
  readHash();
}

export function become(user, place) {
  const stays = store.scene.conversations.find((c) => c.id === store.place);
  const both = stays && stays.members.includes(user);
  store.me = user;
  store.place = place || (both ? store.place : store.place === "home" ? "home" : "");
  store.thread = "";
  store.trouble.clear();
  store.drafts.clear();
  remember();
  listen(user);
  tellApp(store.place);
}

export function go(place, thread = "") {
  store.place = place;
  store.thread = thread;
  remember();
  redraw();
  tellApp(place);
}

// The app hears that somebody opens its page, and draws its Home tab.
function tellApp(place) {
  if (place === "home") act("open_app", { home: true });
  else if (place === "app") act("open_app");
}

// The conversation in front of the visitor, if it is there yet.
export function conversation(place = store.place) {
  const { scene } = store;
  if (place === "app" || place === "home") return appConversation();
  return scene.conversations.find((c) => c.id === place);
}

export function appConversation() {
  const bot = store.scene.app.bot_user_id;
  return store.scene.conversations.find((c) => c.kind === "im" && c.members.includes(bot));
}

// How a conversation is called: people first, the app last.
export function titleOf(conversation) {
  const { people, app } = store.scene;
  if (!["im", "mpim"].includes(conversation.kind)) return conversation.name;
  const others = conversation.members.filter((m) => m !== store.me);
  const inOrder = [...others.filter((m) => m !== app.bot_user_id), ...others.filter((m) => m === app.bot_user_id)];
  return inOrder.map((m) => people[m]?.name ?? m).join(", ");
}

// -- doing --------------------------------------------------------------------

// Ask the server to do something as this person; always comes back with an outcome.
export async function act(name, given = {}) {
  try {
    const answer = await fetch(`/page/do/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ as: store.me, ...given }),
    });
    return await answer.json();
  } catch {
    return { ok: false, error: "unreachable", errors: {}, notice: "The simulator cannot be reached. Is it still running?" };
  }
}

// Like `act`, marking `key` as under way meanwhile; trouble is kept for `spot` to show.
export async function actAt(key, spot, name, given) {
  store.under_way.add(key);
  store.trouble.delete(spot);
  redraw();
  const outcome = await act(name, given);
  store.under_way.delete(key);
  const silent = outcome.ok || Object.keys(outcome.errors || {}).length;
  if (!silent) store.trouble.set(spot, explain(outcome));
  redraw();
  return outcome;
}

export function explain(outcome) {
  const app = store.scene.app.name;
  if (outcome.error === "operation_timeout") {
    return `${app} did not answer within three seconds (operation_timeout).`;
  }
  if (outcome.error === "dispatch_failed") {
    return `${app} is not running or not connected (dispatch_failed). Try again in a moment.`;
  }
  return outcome.notice || `That did not work (${outcome.error}).`;
}

export const spotOf = (container) =>
  container.view_id || `${container.channel_id}/${container.message_ts}`;
export const keyOf = (container, block, element) =>
  `${spotOf(container)}|${block.block_id}|${element.action_id}`;

// -- small memory -------------------------------------------------------------

export function kept(name, otherwise) {
  try { return localStorage.getItem(`simulator.${name}`) ?? otherwise; } catch { return otherwise; }
}
export function keep(name, value) {
  try { localStorage.setItem(`simulator.${name}`, value); } catch { /* private windows may refuse */ }
}
