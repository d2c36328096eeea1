// The chat page: who one is, what one sees, and what one does. It follows the sandbox by itself.

import { get, post, upload } from "./api.js";
import { follow, startClock } from "./clockbar.js";
import { Composer } from "./composer.js";
import { draw, short } from "./message.js";
import { alertBox, copy, day, el, initials, tint, toast } from "./words.js";

const at = (id) => document.getElementById(id);
const view = { person: null, chat: null, change: 0, messages: new Map(), answers: 0, seen: null };
const readSoFar = new Map();
const waiting = new Map();
let state = { people: [], chats: [], bot: {}, change: 0 };

// ---- what one does -------------------------------------------------------------------------------------------------

async function attempt(doing) {
  try {
    return (await doing) ?? true;
  } catch (error) {
    toast(error.message);
    return null;
  }
}

const place = () => ({ person: view.person, chat: view.chat ?? undefined });

const act = {
  say: (text) => attempt(post("say", { ...place(), text })),
  send: (kind, file, caption = "") => attempt(upload({ ...place(), kind, caption }, file)),
  start: (payload) => attempt(post("start", { person: view.person, payload })),
  enlarge(url) {
    at("light").querySelector("img").src = url;
    at("light").showModal();
  },
  // A link to the bot opens it here; says whether it was one.
  open(url) {
    const link = new URL(url, location.href);
    const isBot = /^(www\.)?t\.me$/i.test(link.hostname) && link.pathname.slice(1).toLowerCase() === state.bot.username.toLowerCase();
    if (!isBot) return false;
    choose(view.person, null);
    act.start(link.searchParams.get("start") ?? "");
    return true;
  },
  async press(message, button, node) {
    if (button.copy_text) return copy(button.copy_text.text);
    if (button.url) return act.open(button.url) || window.open(button.url, "_blank", "noopener");
    node.classList.add("waiting");
    const pressed = await attempt(post("press", { ...place(), message_id: message.message_id, data: button.callback_data }));
    if (pressed?.query_id) waiting.set(pressed.query_id, node);
    setTimeout(() => node.classList.remove("waiting"), 10000);
    return undefined;
  },
};
const composer = new Composer(at("foot"), act);

// ---- who one is ----------------------------------------------------------------------------------------------------

function choose(person, chat) {
  if (person === view.person && chat === view.chat) return;
  Object.assign(view, { person, chat, change: 0, answers: state.change, seen: null });
  view.messages.clear();
  markRead();
  shownOnce = false;
  at("log").replaceChildren();
  at("pinned").hidden = true;
  location.replace(`#${person}${chat === null ? "" : `/${chat}`}`);
  drawPeople();
  look(true);
}

function markRead() {
  const current = view.chat === null ? state.people.find((one) => one.id === view.person) : state.chats.find((one) => one.id === view.chat);
  if (current) readSoFar.set(current.id, current.bot_messages);
}

function listItem(one, id, name, note, isChosen, testid, onclick) {
  const unread = isChosen ? 0 : Math.max(0, one.bot_messages - (readSoFar.get(id) ?? 0));
  const [first, ...rest] = name.split(" ");
  const label = id < 0 ? el("b", {}, name) : el("b", {}, first, el("span", { class: "surname" }, ` ${rest.join(" ")}`));
  const words = el("span", { class: "who" }, label, el("small", {}, id < 0 ? note : one.last_text || note));
  const side = unread ? el("span", { class: "unread", "data-testid": "unread", title: "Unread messages" }, String(unread)) : null;
  const mark = el("span", { class: "avatar", style: `--tint:${id < 0 ? "#dcebe3" : tint(id)}`, "aria-hidden": "true" }, id < 0 ? "📣" : initials(name));
  const button = el("button", { type: "button", "data-testid": testid, "aria-current": isChosen ? "true" : false, title: note, onclick }, mark, words, side);
  return el("li", {}, button);
}

let shownOnce = false;
function drawPeople() {
  const focused = document.activeElement?.dataset?.testid;
  at("people").replaceChildren(...state.people.map((one) => {
    const name = `${one.first_name} ${one.last_name ?? ""}`.trim();
    return listItem(one, one.id, name, one.note, view.chat === null && one.id === view.person, `person-${one.id}`, () => choose(one.id, null));
  }));
  at("chats").replaceChildren(...state.chats.map((one) => {
    const note = one.type === "channel" ? "kanal" : "grup";
    return listItem(one, one.id, one.title, note, one.id === view.chat, `chat-${one.id}`, () => choose(view.person, one.id));
  }));
  if (!shownOnce) document.querySelector('.people [aria-current="true"]')?.scrollIntoView({ inline: "nearest", block: "nearest" });
  shownOnce = true;
  if (focused?.match(/^(person|chat)-/)) document.querySelector(`[data-testid="${focused}"]`)?.focus();
}

// ---- what one sees -------------------------------------------------------------------------------------------------

function drawHead(seen) {
  const person = state.people.find((one) => one.id === view.person);
  const chat = state.chats.find((one) => one.id === view.chat);
  const title = chat ? chat.title : seen.bot_name;
  const typing = seen.typing ? (seen.typing === "typing" ? "sedang mengetik…" : "sedang mengirim…") : "";
  at("head-title").textContent = title;
  at("head-status").textContent = typing || (chat ? `${chat.type === "channel" ? "kanal" : "grup"} · ${chat.members.length} anggota` : "bot");
  at("head-status").classList.toggle("typing", Boolean(typing));
  at("head-avatar").textContent = chat ? "📣" : initials(title) || "B";
  at("head-avatar").style.setProperty("--tint", chat ? "#dcebe3" : "#1f7a5c");
  at("you").hidden = Boolean(chat);
  at("you").replaceChildren("Anda ", el("b", {}, person.first_name), person.note ? ` (${person.note}). ` : ". ", hint(seen));
  const block = at("block");
  block.hidden = Boolean(chat) || !seen.started || seen.blocked;
  block.textContent = "Blokir bot";
  block.title = "Block the bot, as a buyer might";
  block.onclick = () => attempt(post("block", { person: view.person }));
  const viewers = at("viewers");
  viewers.hidden = !chat;
  viewers.replaceChildren("Lihat sebagai ", ...state.people.map((one) =>
    el("button", { type: "button", "aria-pressed": String(one.id === view.person), "data-testid": `viewer-${one.id}`, onclick: () => choose(one.id, view.chat) }, one.first_name)));
}

function hint(seen) {
  if (seen.blocked) return "Bot sedang diblokir.";
  return seen.started ? "Ketik atau tekan tombol." : "Tekan MULAI untuk membuka bot.";
}

function drawPinned(seen) {
  const message = view.messages.get(seen.pinned[seen.pinned.length - 1]);
  at("pinned").hidden = !message;
  if (!message) return;
  at("pinned").replaceChildren(el("b", {}, "📌 Disematkan"), el("span", {}, short(message)));
  at("pinned").onclick = () => {
    const node = document.querySelector(`[data-message-id="${message.message_id}"]`);
    node?.scrollIntoView({ block: "center", behavior: "smooth" });
    node?.classList.add("flash");
    setTimeout(() => node?.classList.remove("flash"), 1500);
  };
}

function drawWelcome(seen) {
  const shown = view.chat === null && !seen.started && view.messages.size === 0;
  at("welcome").hidden = !shown;
  if (shown) {
    at("welcome").replaceChildren(el("h2", {}, "Apa yang bisa dilakukan bot ini?"), el("p", {}, seen.bot_description || "Toko ini membuka pre-order lewat bot. Tekan MULAI untuk berkenalan."));
  }
}

function placeMessage(message) {
  const log = at("log");
  const old = log.querySelector(`[data-message-id="${message.message_id}"]`);
  const drawn = draw(message, act);
  if (old) {
    // Its day and its album stay as they were placed.
    drawn.dataset.day = old.dataset.day;
    drawn.classList.toggle("grouped", old.classList.contains("grouped"));
    return old.replaceWith(drawn);
  }
  const next = [...log.querySelectorAll("[data-message-id]")].find((node) => Number(node.dataset.messageId) > message.message_id);
  const moment = new Date(message.date * 1000);
  const before = next ? next.previousElementSibling : log.lastElementChild;
  const label = day(moment);
  drawn.dataset.day = label;
  if ((before?.dataset.day ?? "") !== label) log.insertBefore(el("li", { class: "day", "data-day": label }, el("span", {}, label)), next ?? null);
  if (message.media_group_id && view.messages.get(Number(before?.dataset.messageId))?.media_group_id === message.media_group_id) drawn.classList.add("grouped");
  return log.insertBefore(drawn, next ?? null);
}

function takeMessages(seen) {
  for (const message of seen.messages) {
    view.messages.set(message.message_id, message);
    placeMessage(message);
  }
  for (const id of seen.deleted) {
    view.messages.delete(id);
    at("log").querySelector(`[data-message-id="${id}"]`)?.remove();
  }
}

// Whoever reads the end stays there when something comes; whoever has scrolled up is left in peace.
let stuck = true;
const isAtEnd = () => at("scroll").scrollHeight - at("scroll").scrollTop - at("scroll").clientHeight < 120;
const toEnd = () => { stuck = true; at("scroll").scrollTop = at("scroll").scrollHeight; };

let looking = Promise.resolve();
function look(fresh = false) {
  looking = looking.then(() => lookNow(fresh)).catch(() => {});
  return looking;
}

async function lookNow(fresh) {
  const { person, chat } = view;
  const query = chat === null ? { person } : { person, chat };
  const seen = await get("messages", { ...query, after_change: view.change });
  if (person !== view.person || chat !== view.chat) return;
  const stay = fresh || stuck;
  view.change = seen.change;
  const mine = seen.messages.some((message) => message.sandbox.own);
  takeMessages(seen);
  drawHead(seen);
  drawPinned(seen);
  drawWelcome(seen);
  composer.show({ key: `${person}/${chat}`, person: state.people.find((one) => one.id === person), chat: seen, isChannel: chat !== null, messages: () => [...view.messages.values()] });
  if (stay || mine) toEnd();
  at("down").hidden = isAtEnd();
  clearTimeout(typingEnds);
  if (seen.typing) typingEnds = setTimeout(() => look(), 5200);
  await takeAnswers(person);
}
let typingEnds = 0;

async function takeAnswers(person) {
  const { answers, change } = await get("answers", { person, after_change: view.answers });
  if (person !== view.person) return;
  view.answers = change;
  for (const answer of answers) {
    waiting.get(answer.query_id)?.classList.remove("waiting");
    waiting.delete(answer.query_id);
    if (answer.text) (answer.show_alert ? alertBox : toast)(answer.text);
    if (answer.url) act.open(answer.url);
  }
}

async function refresh() {
  state = await get("state");
  if (view.person === null) {
    const [person, chat] = location.hash.slice(1).split("/").map(Number);
    const known = state.people.find((one) => one.id === person) ?? state.people[0];
    if (!known) return;
    choose(known.id, state.chats.some((one) => one.id === chat) ? chat : null);
  }
  markRead();
  drawPeople();
  await look();
}

// ---- following -----------------------------------------------------------------------------------------------------

let busy = false;
let again = false;
async function changed() {
  if (busy) { again = true; return; }
  busy = true;
  do {
    again = false;
    await refresh().catch(() => {});
  } while (again);
  busy = false;
}

function listen() {
  const stream = new EventSource("/sandbox/events");
  stream.onmessage = (event) => {
    follow(JSON.parse(event.data).clock).catch(() => {});
    changed();
  };
  stream.onerror = () => { at("head-status").textContent = "menyambung kembali…"; };
}

at("down").addEventListener("click", toEnd);
at("scroll").addEventListener("scroll", () => { stuck = isAtEnd(); at("down").hidden = stuck; }, { passive: true });
at("log").addEventListener("load", (event) => { if (event.target.tagName === "IMG" && stuck) toEnd(); }, true);
at("light").addEventListener("click", () => at("light").close());
new ResizeObserver(() => { if (stuck) toEnd(); }).observe(at("scroll"));
startClock();
listen();
