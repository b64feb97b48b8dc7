// What was typed and is on its way to the server. Every change is kept in this browser first, under the person, the
// submission and the cell, and only forgotten when the server says that it has it. A change is sent under a key: sent
// twice, it is one. Of one cell only one change is on its way at a time, so that each names the version it follows.
const PAUSE = 250; // changes that follow each other closely travel together
const MOST = 100; // cells in one request
const PATIENCE = [2000, 4000, 8000, 15000, 30000]; // between tries while the server does not answer

function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export class Outbox extends EventTarget {
  #items = new Map(); // place -> { place, seen, sent, next, held, state, why, theirs }
  #prefix;
  #address;
  #user;
  #token;
  #timer = 0;
  #failures = 0;
  #busy = false;
  #stopped = ""; // why nothing is sent at present: offline, server, signed_out, another, locked
  #detail = "";
  keeps = true;

  constructor({ address, user, submission, token }) {
    super();
    this.#address = address;
    this.#user = user;
    this.#token = token;
    this.#prefix = `entry:${user}:${submission}:`;
    addEventListener("online", () => this.#again());
    addEventListener("offline", () => this.#stop("offline"));
    addEventListener("focus", () => this.#stopped && this.#again());
    addEventListener("pagehide", () => this.flush());
    addEventListener("beforeunload", (event) => {
      if (this.unsent) event.preventDefault();
    });
    setInterval(() => this.#stopped && !document.hidden && this.#again(), PATIENCE.at(-1));
  }

  // What an earlier page left behind. A change that was on its way is sent again under its old key.
  restore() {
    try {
      for (const name of Object.keys(localStorage)) {
        if (!name.startsWith(this.#prefix)) continue;
        const item = JSON.parse(localStorage.getItem(name));
        this.#items.set(item.place, { ...item, state: item.sent || item.next ? "waiting" : "refused", why: "" });
      }
    } catch {
      this.keeps = false;
    }
    if (this.#items.size) this.#later();
    return [...this.#items.values()];
  }

  get(place) {
    return this.#items.get(place);
  }

  // How many cells are not with the server: waiting, on their way, refused or in dispute.
  get unsent() {
    return this.#items.size;
  }

  get status() {
    const items = [...this.#items.values()];
    return {
      stopped: this.#stopped, detail: this.#detail, unsent: items.length, saving: this.#busy,
      clashes: items.filter((item) => item.state === "clash"),
      refused: items.filter((item) => item.state === "refused"),
    };
  }

  // Fields of a cell were changed; `seen` is the version of the cell that the person has before them.
  change(place, fields, seen) {
    const item = this.#items.get(place) ?? { place, seen, sent: null, next: null, state: "", why: "" };
    item.next = { ...item.next, ...fields };
    for (const name of Object.keys(fields)) delete item.held?.[name];
    if (item.state !== "clash") item.state = "waiting";
    item.why = "";
    this.#items.set(place, item);
    this.#keep(item);
    this.#later();
  }

  // The person looked at both and keeps what they wrote: it follows the version of the other.
  keepMine(place) {
    const item = this.#items.get(place);
    item.seen = item.theirs.version;
    item.theirs = null;
    item.state = "waiting";
    this.#keep(item);
    this.#later();
  }

  forget(place) {
    this.#items.delete(place);
    try {
      localStorage.removeItem(this.#prefix + place);
    } catch {
      // Nothing was kept.
    }
    this.#tell();
  }

  flush() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    return this.#send();
  }

  #later() {
    this.#tell();
    if (this.#timer || this.#stopped) return;
    this.#timer = setTimeout(() => this.flush(), PAUSE);
  }

  #keep(item) {
    try {
      const { place, seen, sent, next, held } = item;
      localStorage.setItem(this.#prefix + place, JSON.stringify({ place, seen, sent, next, held }));
    } catch {
      this.keeps = false;
    }
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }

  #stop(why, detail = "") {
    this.#stopped = why;
    this.#detail = detail;
    this.#tell();
  }

  // Ask who is signed in: a page that outlived its session gets a fresh token, and goes on when it is the same person.
  async #again() {
    if (this.#stopped === "locked" || (!this.#items.size && this.#stopped !== "signed_out")) {
      if (this.#stopped !== "locked") this.#stop("");
      return;
    }
    try {
      const answer = await fetch(this.#address, { headers: { Accept: "application/json" }, cache: "no-store" });
      if (answer.status === 401) return this.#stop("signed_out");
      if (!answer.ok) return this.#stop(answer.status >= 500 ? "server" : "locked", await reason(answer));
      const { user, token } = await answer.json();
      if (String(user) !== this.#user) return this.#stop("another");
      this.#token = token;
    } catch {
      return this.#stop(navigator.onLine ? "server" : "offline");
    }
    this.#stop("");
    this.flush();
  }

  async #send() {
    if (this.#busy || this.#stopped) return;
    const ready = [...this.#items.values()].filter((item) => item.state === "waiting").slice(0, MOST);
    if (!ready.length) return;
    this.#busy = true;
    for (const item of ready) {
      item.sent ??= { key: newKey(), fields: item.next };
      if (item.sent.fields === item.next) item.next = null;
      item.state = "saving";
      this.#keep(item);
    }
    this.#tell();
    const answer = await this.#post(ready);
    this.#busy = false;
    if (answer) {
      this.#failures = 0;
      ready.forEach((item, position) => this.#settle(item, answer[position]));
    } else {
      for (const item of ready) item.state = "waiting"; // kept with its key, and sent again under it
    }
    this.#tell();
    if (answer) this.#later();
  }

  async #post(items, { anew = true } = {}) {
    const cells = items.map(({ place, seen, sent }) => {
      const [series, period, breakdown] = place.split("|");
      return { series, period, breakdown, seen, key: sent.key, fields: sent.fields };
    });
    let answer;
    try {
      answer = await fetch(this.#address, {
        method: "POST", keepalive: items.length < 50, cache: "no-store",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.#token },
        body: JSON.stringify({ cells }),
      });
    } catch {
      return this.#wait(navigator.onLine ? "server" : "offline");
    }
    if (answer.ok) return (await answer.json()).cells;
    if (answer.status >= 500) return this.#wait("server");
    if (answer.status === 401) return this.#stop("signed_out");
    if (answer.status === 403 && anew) {
      // After a new sign-in the token of this page is an old one.
      await this.#again();
      return this.#stopped ? null : this.#post(items, { anew: false });
    }
    return this.#stop("locked", await reason(answer));
  }

  #wait(why) {
    const pause = PATIENCE[Math.min(this.#failures++, PATIENCE.length - 1)];
    this.#stop(why);
    setTimeout(() => this.#stopped === why && this.#again(), pause);
    return null;
  }

  #settle(item, told) {
    if (told.outcome === "saved") {
      item.seen = told.version;
      item.sent = null;
      this.#rest(item);
    } else if (told.outcome === "refused") {
      this.#hold(item, told);
      this.#rest(item);
    } else {
      item.next = { ...item.sent.fields, ...item.next };
      item.sent = null;
      item.state = "clash";
      item.theirs = told;
      this.#keep(item);
    }
    this.dispatchEvent(new CustomEvent("answer", { detail: told }));
  }

  // What is left of a cell after an answer: more to send, a field that was refused and waits for the person, or nothing.
  #rest(item) {
    if (item.next) item.state = "waiting";
    else if (Object.keys(item.held ?? {}).length) item.state = "refused";
    else return this.forget(item.place);
    this.#keep(item);
  }

  // The field that was refused is kept and not sent again; the others of the same cell go on.
  #hold(item, told) {
    const fields = { ...item.sent.fields };
    const names = told.column in fields ? [told.column] : Object.keys(fields);
    item.held ??= {};
    for (const name of names) {
      item.held[name] = fields[name];
      delete fields[name];
    }
    item.next = Object.keys(fields).length || item.next ? { ...fields, ...item.next } : null;
    item.sent = null;
    item.why = told.why;
  }
}

async function reason(answer) {
  try {
    return (await answer.json()).detail ?? "";
  } catch {
    return "";
  }
}
