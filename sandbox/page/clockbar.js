// The clock at the top: shows the sandbox's time, moves it.

import { get, post } from "./api.js";
import { hour, shortDay, toast } from "./words.js";

let offset = 0;
let version = -1;

export const now = () => new Date(Date.now() + offset);

function show() {
  document.getElementById("clock").textContent = `${shortDay(now())} · ${hour(now())} WIB`;
}

function take(clock) {
  offset = new Date(clock.now).getTime() - Date.now();
  version = clock.version;
  show();
}

export async function follow(newest) {
  if (newest !== version) take(await get("clock"));
}

// What a date-time field wants: local time of Jakarta without a zone.
const field = (moment) => new Date(moment.getTime() + 7 * 3600e3).toISOString().slice(0, 16);

export function startClock() {
  setInterval(show, 1000);
  const form = document.getElementById("jump");
  const opener = document.getElementById("jump-open");
  const input = document.getElementById("jump-to");
  const open = (yes) => {
    form.hidden = !yes;
    opener.setAttribute("aria-expanded", String(yes));
    if (yes) {
      input.value = field(now());
      input.focus();
    }
  };
  for (const button of document.querySelectorAll("[data-seconds]")) {
    button.addEventListener("click", async () => take(await post("clock", { advance: Number(button.dataset.seconds) })));
  }
  opener.addEventListener("click", () => open(form.hidden));
  form.addEventListener("keydown", (event) => event.key === "Escape" && open(false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    take(await post("clock", { set: `${input.value}:00+07:00` }).catch((error) => { toast(error.message); return get("clock"); }));
    open(false);
  });
}
