// A questionnaire saves each answer as it is given. What could not be sent is kept in this browser, under the address of
// the page, and sent again. Without this script each section has a button that saves it.
const forms = document.querySelectorAll("form[data-questionnaire]");
const panel = document.querySelector("[data-panel]");
const said = document.querySelector("[data-said]");
const words = said.dataset;
const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
const KEPT = `answers:${words.user}:${location.pathname.replace(/^\/(fr|es)\//, "/")}`;
const TYPING = 800;
const AGAIN = 5000;

/** What waits to be sent: the fields of each question, by its code. */
const waiting = new Map(readKept());
const timers = new Map();
let sending = false;
let retry = 0;

function readKept() {
  try {
    return Object.entries(JSON.parse(localStorage.getItem(KEPT) ?? "{}"));
  } catch {
    return [];
  }
}

function keep() {
  try {
    if (waiting.size) localStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(waiting)));
    else localStorage.removeItem(KEPT);
  } catch {
    // No room, or not allowed: leaving the page warns all the same.
  }
}

const questionOf = (code) => document.getElementById(`q-${code}`);

function fieldsOf(question) {
  const data = new FormData(question.form);
  return [...data].filter(([name]) => name.startsWith(`${question.dataset.question}-`));
}

function say(question, text, bad = false) {
  if (!question) return;
  const line = question.querySelector("[data-state]");
  line.textContent = text;
  line.classList.toggle("is-bad", bad);
  said.textContent = `${question.dataset.question}: ${text}`;
}

/** Kept at once, and sent now or, while somebody is typing, a moment later. */
function changed(question, pause = 0) {
  clearTimeout(timers.get(question));
  waiting.set(question.dataset.question, fieldsOf(question));
  keep();
  say(question, `${words.saving} …`);
  if (pause) timers.set(question, setTimeout(send, pause));
  else send();
}

async function send() {
  if (sending || !waiting.size) return;
  sending = true;
  clearTimeout(retry);
  const batch = new Map(waiting);
  const body = new URLSearchParams({ csrfmiddlewaretoken: token });
  for (const fields of batch.values()) for (const [name, value] of fields) body.append(name, value);
  try {
    const answer = await fetch(location.pathname, { method: "POST", body, headers: { Accept: "application/json" } });
    const reply = await read(answer);
    if (reply.refused) refused(batch, reply.refused);
    else accepted(batch, reply);
  } catch (error) {
    const text = error.message === "out" ? words.signedOut : words.kept;
    for (const code of batch.keys()) say(questionOf(code), text, true);
    retry = setTimeout(send, AGAIN);
    sending = false;
    return;
  }
  sending = false;
  send();
}

/** What the server said. Whoever is led elsewhere has to sign in; a page instead of data says that nothing can be entered. */
async function read(answer) {
  if (answer.redirected) throw new Error("out");
  if (answer.headers.get("Content-Type") === "application/json") return answer.json();
  if (answer.status >= 400 && answer.status < 500) return { refused: words.gone };
  throw new Error("");
}

function refused(batch, why) {
  for (const code of batch.keys()) {
    waiting.delete(code);
    say(questionOf(code), `${words.refused}: ${why}`, true);
  }
  keep();
}

function accepted(batch, reply) {
  panel.innerHTML = reply.panel;
  for (const [code, html] of Object.entries(reply.sections)) {
    const line = document.querySelector(`[data-section="${code}"]`);
    if (line) line.innerHTML = html;
  }
  for (const [code, fields] of batch) {
    const since = waiting.get(code) !== fields;
    if (!since) waiting.delete(code);
    settle(questionOf(code), reply.answers[code], since);
  }
  keep();
}

function settle(question, became, since) {
  if (!question) return;
  if (became.clash) {
    clashed(question, became);
    return;
  }
  if (became.fault) {
    say(question, `${words.refused}: ${became.fault}`, true);
    return;
  }
  setSeen(question, became.stands.seen);
  if (since) waiting.set(question.dataset.question, fieldsOf(question));
  const score = panel.querySelector(".figure-value")?.textContent ?? "";
  say(question, `${words.saved} ${new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" })}`);
  said.textContent = `${question.dataset.question}: ${words.saved} ${score}`;
}

function setSeen(question, version) {
  question.querySelector(`[name="${question.dataset.question}-seen"]`).value = version;
}

function clashed(question, became) {
  waiting.delete(question.dataset.question);
  const place = question.querySelector("[data-clash]");
  place.innerHTML = became.clash;
  say(question, words.clash, true);
  place.querySelector('[data-choose="theirs"]').addEventListener("click", () => {
    show(question, became.stands);
    settled(question, place);
    say(question, words.saved);
  });
  place.querySelector('[data-choose="mine"]').addEventListener("click", () => {
    setSeen(question, became.stands.seen);
    settled(question, place);
    changed(question);
  });
}

function settled(question, place) {
  place.replaceChildren();
  question.querySelector("input:checked").focus();
}

/** Put an answer into the fields of its question. */
function show(question, answer) {
  const code = question.dataset.question;
  setSeen(question, answer.seen);
  for (const radio of question.querySelectorAll(`[name="${code}-option"]`)) radio.checked = radio.value === answer.option;
  question.querySelector(`[name="${code}-note"]`).value = answer.note;
  question.querySelector(`[name="${code}-consent"]`).checked = answer.consent;
  while (rowsOf(question).length <= answer.evidence.length) addRow(question);
  rowsOf(question).forEach((row, place) => {
    const piece = answer.evidence[place] ?? { kind: "law", title: "", url: "" };
    for (const name of ["kind", "title", "url"]) row.querySelector(`[name="${code}-${name}"]`).value = piece[name];
  });
}

const rowsOf = (question) => question.querySelectorAll(".evidence");

/** One more blank row of evidence, with labels and a name of its own. */
function addRow(question) {
  const rows = rowsOf(question);
  const row = rows[0].cloneNode(true);
  const number = rows.length + 1;
  row.setAttribute("aria-label", row.getAttribute("aria-label").replace("1", number));
  for (const field of row.querySelectorAll("input, select")) {
    field.id = field.id.replace(/-1$/, `-${number}`);
    field.value = field.tagName === "SELECT" ? "law" : "";
  }
  for (const label of row.querySelectorAll("label")) label.htmlFor = label.htmlFor.replace(/-1$/, `-${number}`);
  rows[rows.length - 1].after(row);
  return row;
}

/** Answers that were kept when the page was left: shown again, and sent with the version that was seen then. */
function bringBack() {
  for (const [code, fields] of [...waiting]) {
    const question = questionOf(code);
    if (!question) continue; // of another section: it is sent all the same
    const all = (name) => fields.filter(([key]) => key === `${code}-${name}`).map(([, value]) => value);
    const titles = all("title");
    const evidence = titles.map((title, place) => ({ kind: all("kind")[place], title, url: all("url")[place] }));
    const filled = evidence.filter((piece) => piece.title || piece.url);
    const [option = "", note = "", seen = "0"] = ["option", "note", "seen"].map((name) => all(name)[0]);
    show(question, { option, note, evidence: filled, consent: all("consent").length > 0, seen });
  }
}

for (const form of forms) {
  form.addEventListener("change", (event) => changed(event.target.closest("[data-question]")));
  form.addEventListener("input", (event) => {
    if (!event.target.matches("textarea, input:not([type=radio], [type=checkbox])")) return;
    changed(event.target.closest("[data-question]"), TYPING);
  });
  form.addEventListener("submit", () => {
    for (const timer of timers.values()) clearTimeout(timer);
    for (const question of form.querySelectorAll("[data-question]")) waiting.delete(question.dataset.question);
    keep();
  });
}
for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = false;
for (const button of document.querySelectorAll("[data-add]")) {
  button.addEventListener("click", () => addRow(button.closest("[data-question]")).querySelector("select").focus());
}
addEventListener("online", send);
addEventListener("beforeunload", (event) => {
  if (waiting.size || document.querySelector(".save-state.is-bad")) event.preventDefault();
});
bringBack();
send();
