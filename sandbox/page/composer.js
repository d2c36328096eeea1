// The foot of the chat: what somebody can write, send or press there, or why they cannot.

import { el, toast } from "./words.js";
import { askedAmount, receipt } from "./receipt.js";
import { now } from "./clockbar.js";

export class Composer {
  constructor(foot, act) {
    this.foot = foot;
    this.act = act;
    this.drafts = new Map();
    this.drawn = "";
  }

  // Draws anew only when something about it changed, so that nobody loses the cursor while typing.
  show(view) {
    const { key, person, chat, isChannel } = view;
    const kind = !isChannel && (!chat.started || chat.blocked) ? "start" : chat.can_write ? "write" : "read";
    const shape = JSON.stringify([key, kind, chat.blocked, chat.keyboard, chat.commands]);
    if (shape === this.drawn) return;
    const focused = this.foot.contains(document.activeElement);
    this.drawn = shape;
    this.view = view;
    this.foot.replaceChildren();
    if (kind === "start") this.drawStart(chat);
    else if (kind === "read") this.foot.append(el("p", { class: "readonly" }, "Hanya admin yang bisa menulis di sini. Tekan tombol di pesan untuk mulai."));
    else this.drawWrite(person, chat, isChannel);
    if (focused) this.input?.focus();
  }

  drawStart(chat) {
    const label = chat.blocked ? "BUKA BLOKIR & MULAI" : "MULAI";
    this.input = null;
    this.foot.append(el("button", { type: "button", class: "start", "data-testid": "start", title: "Start the bot", onclick: () => this.act.start("") }, label));
  }

  drawWrite(person, chat, isChannel) {
    const input = el("textarea", { rows: "1", id: "composer", "data-testid": "composer", placeholder: isChannel ? "Tulis di kanal…" : "Tulis pesan…", "aria-label": "Tulis pesan", maxlength: "9000", enterkeyhint: "send" });
    input.value = this.drafts.get(this.view.key) ?? "";
    const grow = () => {
      input.style.height = "auto";
      input.style.height = `${Math.min(input.scrollHeight, 140)}px`;
    };
    input.addEventListener("input", () => { this.drafts.set(this.view.key, input.value); grow(); });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.send();
      }
    });
    this.input = input;
    const line = el("div", { class: "line" });
    if (chat.commands.length) line.append(this.popup("/", "commands", "Daftar perintah", "Command menu", this.commandList(chat.commands)));
    line.append(this.popup("📎", "attach", "Lampirkan", "Attach a photo or file", this.attachList(isChannel)), input);
    line.append(el("button", { type: "button", class: "send", "data-testid": "send", title: "Send", "aria-label": "Kirim", onclick: () => this.send() }, "➤"));
    if (chat.keyboard) this.foot.append(this.replyKeys(chat.keyboard));
    this.foot.append(line);
    requestAnimationFrame(grow);
  }

  replyKeys(keyboard) {
    const keys = el("div", { class: "reply-keys" });
    for (const row of keyboard.keyboard) {
      const line = el("div", { class: "row" });
      for (const key of row) {
        const press = () => (key.request_contact ? this.act.send("contact") : key.request_location ? this.act.send("location") : this.act.say(key.text));
        line.append(el("button", { type: "button", "data-testid": "key", onclick: press }, key.text));
      }
      keys.append(line);
    }
    return keys;
  }

  popup(sign, testid, label, title, list) {
    const button = el("button", { type: "button", class: "tool", "data-testid": testid, "aria-label": label, "aria-expanded": "false", "aria-haspopup": "menu", title }, sign);
    const open = (yes) => {
      list.hidden = !yes;
      button.setAttribute("aria-expanded", String(yes));
    };
    const holder = el("div", { class: "holder" }, button, list);
    list.hidden = true;
    button.addEventListener("click", () => { const yes = list.hidden; open(yes); if (yes) list.querySelector("button")?.focus(); });
    list.addEventListener("click", () => open(false));
    holder.addEventListener("keydown", (event) => { if (event.key === "Escape") { open(false); button.focus(); } });
    holder.addEventListener("focusout", (event) => { if (!holder.contains(event.relatedTarget)) open(false); });
    return holder;
  }

  commandList(commands) {
    const rows = commands.map(({ command, description }) =>
      el("button", { type: "button", role: "menuitem", "data-testid": "command", onclick: () => this.act.say(`/${command}`) }, el("b", {}, `/${command}`), el("span", {}, description)));
    return el("div", { class: "menu commands", role: "menu" }, ...rows);
  }

  attachList(isChannel) {
    const pick = (kind, accept) => {
      const chooser = el("input", { type: "file", "data-testid": `file-${kind}`, class: "unseen", tabindex: "-1", "aria-hidden": "true", ...(accept ? { accept } : {}) });
      chooser.addEventListener("change", () => {
        if (chooser.files[0]) this.attach(kind, chooser.files[0]);
        chooser.value = "";
      });
      return chooser;
    };
    const photo = pick("photo", "image/png,image/jpeg,image/webp,image/gif");
    const file = pick("document", "");
    const item = (testid, words, title, act) => el("button", { type: "button", role: "menuitem", "data-testid": testid, title, onclick: act }, words);
    const rows = [item("attach-photo", "🖼 Foto", "A picture", () => photo.click()), item("attach-document", "📄 Dokumen", "Any file", () => file.click())];
    if (!isChannel) rows.push(item("sample-proof", "🧾 Contoh bukti transfer", "Draw and send a sample transfer proof", () => this.sample()));
    return el("div", { class: "menu", role: "menu" }, ...rows, photo, file);
  }

  async attach(kind, file) {
    const caption = this.input.value.trim();
    if (await this.act.send(kind, file, caption)) this.clear();
  }

  async sample() {
    const { person, messages } = this.view;
    const name = `${person.first_name} ${person.last_name ?? ""}`.trim();
    await this.act.send("photo", await receipt(askedAmount(messages()), name, now()));
  }

  async send() {
    const text = this.input.value;
    if (!text.trim()) return;
    this.clear();
    if (!(await this.act.say(text))) {
      this.input.value = text;
      toast("Pesan belum terkirim, coba lagi.");
    }
    this.input?.focus();
  }

  clear() {
    this.input.value = "";
    this.input.style.height = "auto";
    this.drafts.delete(this.view.key);
  }
}
