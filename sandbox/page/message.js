// One message → one list item: words, picture, file, buttons in their rows, time.

import { el, fileSize, hour } from "./words.js";
import { rich } from "./rich.js";

export function draw(message, act) {
  const service = serviceText(message);
  if (service) {
    return el("li", { class: "service", "data-testid": "message", "data-message-id": message.message_id }, el("span", {}, service));
  }
  const own = message.sandbox.own;
  const item = el("li", {
    class: `message ${own ? "own" : "theirs"}${message.photo ? " has-photo" : ""}`,
    "data-testid": "message",
    "data-message-id": message.message_id,
    "data-own": own ? "true" : "false",
  });
  const bubble = el("div", { class: "bubble" });
  bubble.append(...above(message), ...media(message, act));
  const text = message.text ?? message.caption;
  const marks = `${message.edit_date ? "diedit " : ""}${hour(new Date(message.date * 1000))}`;
  const stamp = el("span", { class: "stamp" }, marks);
  if (text) {
    const entities = message.entities ?? message.caption_entities;
    bubble.append(el("div", { class: "text" }, ...rich(text, entities, act), stamp));
  } else bubble.append(stamp);
  if (message.photo) item.style.setProperty("--wide", `${Math.max(shown(message.photo).width + 10, message.reply_markup ? 320 : 250)}px`);
  item.append(bubble);
  const rows = message.reply_markup?.inline_keyboard;
  if (rows) item.append(keyboard(message, rows, act));
  return item;
}

// A picture keeps its shape within a box, so that nothing jumps when it has loaded.
function shown(sizes) {
  const { width, height } = sizes[sizes.length - 1];
  const scale = Math.min(1, 360 / width, 380 / height);
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

function above(message) {
  const lines = [];
  const sender = message.sandbox.own || ["private", "channel"].includes(message.chat.type) ? "" : message.sender_chat?.title ?? message.from?.first_name ?? "";
  if (sender) lines.push(el("div", { class: "sender" }, sender));
  const origin = message.forward_origin;
  if (origin) {
    const name = origin.sender_user?.first_name ?? origin.chat?.title ?? origin.sender_user_name;
    lines.push(el("div", { class: "forward" }, `Diteruskan dari ${name}`));
  }
  const reply = message.reply_to_message;
  if (reply) lines.push(el("div", { class: "quote" }, short(reply)));
  return lines;
}

export function short(message) {
  const kind = message.photo ? "Foto" : message.document ? message.document.file_name : "Pesan";
  return (message.text ?? message.caption ?? kind).slice(0, 120);
}

function media(message, act) {
  const url = message.sandbox.url;
  if (message.photo) {
    const { width, height } = shown(message.photo);
    const picture = el("img", { src: url, alt: message.caption ? "" : "Foto", width, height, style: `aspect-ratio:${width}/${height}` });
    return [el("button", { type: "button", class: "photo", title: "Enlarge", "aria-label": "Perbesar foto", onclick: () => act.enlarge(url) }, picture)];
  }
  const file = message.document ?? message.audio ?? message.animation;
  if (file) {
    const name = file.file_name ?? "berkas";
    const label = el("span", { class: "file-text" }, el("b", {}, name), el("small", {}, fileSize(file.file_size)));
    return [el("a", { class: "file", href: url, download: name, title: "Download" }, el("span", { class: "file-icon", "aria-hidden": "true" }, extension(name)), label)];
  }
  if (message.video) return [el("video", { src: url, controls: true, preload: "metadata", width: 280 })];
  if (message.voice) return [el("audio", { src: url, controls: true, preload: "none" })];
  if (message.sticker) return [el("div", { class: "sticker" }, message.sticker.emoji ?? "🙂")];
  if (message.dice) return [el("div", { class: "sticker" }, `${message.dice.emoji} ${message.dice.value}`)];
  if (message.contact) {
    const { first_name: first, last_name: last = "", phone_number: phone } = message.contact;
    return [el("div", { class: "card" }, el("b", {}, `${first} ${last}`.trim()), el("span", {}, phone))];
  }
  if (message.location) return [el("div", { class: "card" }, el("b", {}, "Lokasi"), el("span", {}, `${message.location.latitude}, ${message.location.longitude}`))];
  if (message.poll) return [el("div", { class: "card" }, el("b", {}, message.poll.question), ...message.poll.options.map((one) => el("span", {}, `○ ${one.text}`)))];
  return [];
}

const extension = (name) => (name.includes(".") ? name.split(".").pop() : "file").slice(0, 4).toUpperCase();

function keyboard(message, rows, act) {
  const keys = el("div", { class: "keys" });
  for (const row of rows) {
    const line = el("div", { class: "row" });
    for (const button of row) {
      const mark = button.url ? "out" : button.copy_text ? "copy" : "";
      const node = el("button", { type: "button", class: `key ${button.style ?? ""}`, "data-testid": "button" }, el("span", {}, button.text), mark ? el("i", { class: mark, "aria-hidden": "true" }) : null);
      node.addEventListener("click", () => act.press(message, button, node));
      line.append(node);
    }
    keys.append(line);
  }
  return keys;
}

function serviceText(message) {
  // As Telegram: the first words of what was pinned.
  if (message.pinned_message) return `📌 Pesan disematkan: ${short(message.pinned_message).split("\n")[0]}`;
  if (message.new_chat_members) return `${message.new_chat_members.map((one) => one.first_name).join(", ")} bergabung`;
  if (message.left_chat_member) return `${message.left_chat_member.first_name} keluar`;
  if (message.migrate_to_chat_id) return "Grup ini menjadi supergrup";
  if (message.migrate_from_chat_id) return "Supergrup dibuat dari grup lama";
  return "";
}
