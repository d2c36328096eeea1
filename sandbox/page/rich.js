// Text with Telegram's entities → nodes. Offsets count UTF-16 units, as JavaScript's strings do.

import { el } from "./words.js";

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

export function rich(text, entities, act) {
  const sorted = [...(entities || [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, 0, text.length, sorted, act);
}

function build(text, begin, end, entities, act) {
  const nodes = [];
  let at = begin;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    const stop = Math.min(entity.offset + entity.length, end);
    if (entity.offset < at || entity.offset >= end) continue;
    const inside = entities.slice(index + 1).filter((one) => one.offset < stop);
    nodes.push(text.slice(at, entity.offset));
    nodes.push(wrap(entity, text.slice(entity.offset, stop), build(text, entity.offset, stop, inside, act), act));
    at = stop;
  }
  nodes.push(text.slice(at, end));
  return nodes;
}

function wrap(entity, words, children, act) {
  switch (entity.type) {
    case "bot_command":
      // No button element: a line would break between it and the full stop behind it.
      return el("a", { href: "#", role: "button", class: "link", onclick: (event) => { event.preventDefault(); act.say(words); } }, ...children);
    case "url":
      return link(words, children, act);
    case "text_link":
      return link(entity.url, children, act);
    case "mention":
    case "hashtag":
    case "text_mention":
      return el("span", { class: "mention" }, ...children);
    case "spoiler": {
      const node = el("span", { class: "spoiler", role: "button", tabindex: "0", title: "Show" }, ...children);
      const show = () => node.classList.add("shown");
      node.addEventListener("click", show);
      node.addEventListener("keydown", (event) => event.key === "Enter" && show());
      return node;
    }
    default:
      return el(TAGS[entity.type] || "span", {}, ...children);
  }
}

function link(url, children, act) {
  if (!/^(https?|tg):/i.test(url)) return el("span", {}, ...children);
  const follow = (event) => {
    if (act.open(url)) event.preventDefault();
  };
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", onclick: follow }, ...children);
}
