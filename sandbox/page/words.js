// Dates, sizes and small builders. Times are shown as in the shop: Asia/Jakarta, Indonesian.

const ZONE = { timeZone: "Asia/Jakarta" };
const HOUR = new Intl.DateTimeFormat("id-ID", { ...ZONE, hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("id-ID", { ...ZONE, weekday: "long", day: "numeric", month: "long", year: "numeric" });
const SHORT_DAY = new Intl.DateTimeFormat("id-ID", { ...ZONE, weekday: "short", day: "numeric", month: "short", year: "numeric" });

export const hour = (moment) => HOUR.format(moment);
export const day = (moment) => DAY.format(moment);
export const shortDay = (moment) => SHORT_DAY.format(moment);

export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1).replace(".", ",")} MB`;
}

// el("button", { class: "x", onclick: f }, "text", child…): text is always text, never markup.
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const TINTS = ["#c2573f", "#2f7fb8", "#7a57b5", "#b2752a", "#2c8a6c", "#b5487c"];
export const tint = (id) => TINTS[Math.abs(id) % TINTS.length];
export const initials = (name) => name.split(/\s+/).filter((word) => /\p{L}/u.test(word)).slice(0, 2).map((word) => word[0]).join("").toUpperCase();

export function toast(text) {
  const node = el("div", { class: "toast", "data-testid": "toast" }, text);
  document.getElementById("toasts").append(node);
  setTimeout(() => node.classList.add("gone"), 3600);
  setTimeout(() => node.remove(), 4000);
}

export function alertBox(text) {
  const dialog = document.getElementById("alert");
  dialog.querySelector("p").textContent = text;
  if (!dialog.open) dialog.showModal();
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = el("textarea", { class: "unseen" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  toast(`Disalin: ${text}`);
}
