// The grid of a submission as a spreadsheet: what is typed is saved at once, cell by cell. Without this script the same
// fields are plain forms. Sentences come from the page, in the person's language.
import { Outbox } from "./entry/outbox.js";
import { Panel } from "./entry/panel.js";
import { Sheet } from "./entry/keys.js";
import { UndoStack } from "./entry/undo.js";
import { Told } from "./entry/told.js";

const entry = document.querySelector("[data-entry]");
const words = JSON.parse(document.getElementById("entry-words").textContent);
const locked = "locked" in entry.dataset;
const fields = new Map(); // place -> { input, version, saved }

for (const input of entry.querySelectorAll(".entry-cell input")) {
  const parts = input.name.split("|");
  const version = Number(parts.pop());
  fields.set(parts.join("|"), { input, version, saved: input.defaultValue });
  input.dataset.place = parts.join("|");
}
for (const element of document.querySelectorAll("[data-script-only]")) element.hidden = false;
for (const element of document.querySelectorAll("[data-plain-only]")) element.hidden = true;
for (const region of entry.querySelectorAll(".entry-region")) region.scrollLeft = region.scrollWidth;

const outbox = new Outbox({
  address: entry.dataset.save, user: entry.dataset.user, submission: entry.dataset.submission, token: entry.dataset.token,
});
const undo = new UndoStack(document.querySelector("[data-undo]"), document.querySelector("[data-redo]"));
const told = new Told({ words, outbox, fields, where, signIn: entry.dataset.signIn, take });
const panel = new Panel(document.querySelector("[data-panel]"), {
  address: entry.dataset.cell, button: document.querySelector("[data-panel-toggle]"), words,
  changed: (place, name, text, field) => (name === "value" ? change([[place, text]]) : send(place, { [name]: text }, field)),
  open: remembered() && innerWidth > 1000,
});

function remembered() {
  try {
    return sessionStorage.getItem("entry-panel") === "open";
  } catch {
    return false;
  }
}

// How a cell is called by people: series, breakdown and period, as its label says.
function where(place) {
  const input = fields.get(place)?.input;
  const ids = input?.getAttribute("aria-labelledby").split(" ") ?? [];
  return ids.map((id) => document.getElementById(id).firstChild.textContent.trim()).join(", ") || place.replaceAll("|", " ");
}

function send(place, changes) {
  const field = fields.get(place);
  const detail = document.querySelector(`th[data-period="${CSS.escape(place.split("|")[1])}"]`)?.dataset.detail;
  const source = sourceOf(field.input).value.trim();
  const more = field.version || outbox.get(place) ? {} : { ...(detail && { time_detail: detail }), ...(source && { source }) };
  outbox.change(place, { ...more, ...changes }, field.version);
}

const sourceOf = (input) => input.closest("tbody").querySelector("[data-series-source]") ?? { value: "" };

// The source of a series is that of all its values that name no other.
entry.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-series-source]")) return;
  for (const [place, { input, version }] of fields) {
    const says = version && (input.value || input.placeholder);
    if (says && sourceOf(input) === target && !("ownSource" in input.parentElement.dataset)) {
      outbox.change(place, { source: target.value.trim() }, version);
    }
  }
});

// Values were typed, pasted, cleared, undone: pairs of place and text. One deed is one step of undoing.
function change(pairs, { keep = true } = {}) {
  const steps = [];
  for (const [place, text] of pairs) {
    const field = fields.get(place);
    if (!field || field.input.readOnly) continue;
    const before = outbox.get(place)?.next?.value ?? outbox.get(place)?.sent?.fields.value ?? field.saved;
    field.input.value = text;
    if (text.trim() === before.trim()) continue;
    steps.push({ place, before, after: text });
    send(place, { value: text });
  }
  if (keep && steps.length) undo.push(steps);
  return steps.length;
}

const placeOf = (input) => input.dataset.place;
for (const table of entry.querySelectorAll(".entry-grid")) {
  new Sheet(table, {
    commit: (input) => change([[placeOf(input), input.value]]),
    moved: (input) => panel.follow(input, placeOf(input)),
    clear: (inputs) => change(inputs.map((input) => [placeOf(input), ""])),
    paste: (pairs, over) => {
      const count = change(pairs.map(([input, text]) => [placeOf(input), text]));
      told.say(words.pasted.replace("{n}", count), over ? words.did_not_fit.replace("{n}", over) : "");
    },
    undo: () => step("undo"),
    redo: () => step("redo"),
    said: (count) => told.say(words.copied.replace("{n}", count)),
  });
}

function step(name) {
  const steps = undo[name]();
  if (!steps) return;
  change(steps.map(({ place, before, after }) => [place, name === "undo" ? before : after]), { keep: false });
  told.say(name === "undo" ? words.undone : words.redone);
}

// The person takes what somebody else wrote.
function take(place) {
  const { theirs } = outbox.get(place);
  outbox.forget(place);
  stands(place, theirs);
}

// What the server has of a cell stands in it, unless the person is typing there.
function stands(place, cell) {
  const field = fields.get(place);
  if (!field) return;
  const { input } = field;
  const typing = document.activeElement === input && input.value.trim() !== field.saved.trim() && outbox.get(place);
  field.version = cell.version;
  field.saved = cell.text;
  if (!typing && !outbox.get(place)) input.value = cell.text;
  input.placeholder = cell.text === "" && !cell.empty ? cell.status_words : "";
  told.problem(place, cell.problem);
}

// What the checks find is asked for when the last change has gone: they set all values side by side.
let asking = 0;
async function check() {
  const turn = (asking += 1);
  try {
    const answer = await fetch(entry.dataset.findings, { cache: "no-store", headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    const { findings } = await answer.json();
    if (turn === asking) told.findings(findings);
  } catch {
    // Asked again after the next save.
  }
}
let waiting = 0;
function checkSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(() => (outbox.unsent && !outbox.status.stopped ? checkSoon() : check()), 400);
}

outbox.addEventListener("answer", ({ detail }) => {
  const place = [detail.series, detail.period, detail.breakdown].join("|");
  if (detail.outcome === "saved") stands(place, detail);
  panel.saved(place);
  checkSoon();
});
outbox.addEventListener("change", () => told.show());
document.querySelector("[data-undo]").addEventListener("click", () => step("undo"));
document.querySelector("[data-redo]").addEventListener("click", () => step("redo"));
document.addEventListener("keydown", (event) => {
  if (event.key !== "F4" || event.altKey || event.ctrlKey || !panel.place) return;
  event.preventDefault();
  panel.toggle(!panel.isOpen, { focus: true });
});
entry.addEventListener("click", (event) => {
  const link = event.target.closest(".cell-more");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  link.closest(".entry-cell").querySelector("input").focus();
  panel.toggle(true, { focus: true });
});
// A step is taken with what is on the server: first everything typed goes there.
for (const form of document.querySelectorAll("form[data-step]")) {
  form.addEventListener("submit", (event) => {
    if (!outbox.unsent) return;
    event.preventDefault();
    told.say(words.left);
    outbox.flush();
  });
}

if (!locked) {
  for (const item of outbox.restore()) {
    const text = item.next?.value ?? item.sent?.fields.value;
    const field = fields.get(item.place);
    if (field && text !== undefined) field.input.value = text;
  }
  told.begin();
  // What was typed while the script was on its way.
  change([...fields].filter(([, { input }]) => input.value !== input.defaultValue).map(([place, { input }]) => [place, input.value]));
}
document.documentElement.dataset.entry = "ready";
