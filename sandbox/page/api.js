// The control API, as the page uses it. Everything returns JSON; a refusal becomes an Error with its sentence.

async function read(answer) {
  const body = await answer.json().catch(() => ({ error: answer.statusText }));
  if (!answer.ok) throw new Error(body.error || answer.statusText);
  return body;
}

export async function get(path, query = {}) {
  const kept = Object.entries(query).filter(([, value]) => value !== null && value !== undefined);
  return read(await fetch(`/sandbox/${path}?${new URLSearchParams(kept)}`, { cache: "no-store" }));
}

export async function post(path, fields) {
  const headers = { "Content-Type": "application/json" };
  return read(await fetch(`/sandbox/${path}`, { method: "POST", headers, body: JSON.stringify(fields) }));
}

export async function upload(fields, file) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) if (value !== null && value !== undefined) form.append(name, value);
  if (file) form.append("file", file, file.name);
  return read(await fetch("/sandbox/send", { method: "POST", body: form }));
}
