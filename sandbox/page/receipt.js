// A sample transfer proof, drawn here: plausible enough to play with, marked as a sample.

import { hour, day } from "./words.js";

const rupiah = (amount) => `Rp ${amount.toLocaleString("id-ID")}`;

// The amount that the bot asked for last: a copied amount, or the last one named in its newest message about money.
export function askedAmount(messages) {
  for (const message of [...messages].reverse()) {
    if (!message.sandbox.by_bot) continue;
    const keys = (message.reply_markup?.inline_keyboard ?? []).flat();
    const copied = keys.map((key) => key.copy_text?.text.replace(/^Rp\s*/i, "").replace(/\./g, "")).find((text) => /^\d{4,8}$/.test(text ?? ""));
    if (copied) return Number(copied);
    const named = [...(message.text ?? message.caption ?? "").matchAll(/Rp[\s\u00a0]?(\d{1,3}(?:\.\d{3})+)/g)];
    if (named.length) return Number(named[named.length - 1][1].replace(/\./g, ""));
  }
  return 150000 + Math.floor(Math.random() * 900);
}

export function receipt(amount, sender, now) {
  const canvas = document.createElement("canvas");
  canvas.width = 720;
  canvas.height = 1080;
  const pen = canvas.getContext("2d");
  const text = (words, x, y, font, colour, align = "left") => {
    pen.font = `${font} "Helvetica Neue", Arial, sans-serif`;
    pen.fillStyle = colour;
    pen.textAlign = align;
    pen.fillText(words, x, y);
  };
  pen.fillStyle = "#0f5ea8";
  pen.fillRect(0, 0, 720, 1080);
  pen.fillStyle = "#ffffff";
  pen.beginPath();
  pen.roundRect(40, 150, 640, 860, 28);
  pen.fill();
  text("Bank Contoh", 360, 96, "bold 40px", "#ffffff", "center");
  pen.fillStyle = "#19a463";
  pen.beginPath();
  pen.arc(360, 150, 52, 0, Math.PI * 2);
  pen.fill();
  pen.strokeStyle = "#ffffff";
  pen.lineWidth = 10;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.beginPath();
  pen.moveTo(336, 152);
  pen.lineTo(354, 170);
  pen.lineTo(386, 134);
  pen.stroke();
  text("Transfer berhasil", 360, 262, "bold 36px", "#17212b", "center");
  text(`${day(now)} · ${hour(now)} WIB`, 360, 306, "26px", "#66727d", "center");
  text(rupiah(amount), 360, 404, "bold 64px", "#17212b", "center");
  const reference = Array.from({ length: 12 }, () => Math.floor(Math.random() * 10)).join("");
  const rows = [["Dari", sender], ["Rekening asal", "•••• 4821"], ["Metode", "Transfer antarbank"], ["Biaya", "Rp 0"], ["No. referensi", reference], ["Status", "BERHASIL"]];
  let y = 490;
  for (const [name, value] of rows) {
    pen.fillStyle = "#e8ecef";
    pen.fillRect(80, y - 46, 560, 2);
    text(name, 80, y, "28px", "#66727d");
    text(value, 640, y, "bold 28px", "#17212b", "right");
    y += 76;
  }
  text("CONTOH · dibuat di ruang coba", 360, 976, "24px", "#9aa5ae", "center");
  return new Promise((done) => canvas.toBlob((blob) => done(new File([blob], "bukti-transfer.png", { type: "image/png" })), "image/png"));
}
