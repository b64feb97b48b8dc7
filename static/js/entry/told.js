// What the person is told: the state of saving in one line, a mark in each cell, and both values where two people wrote.
export class Told {
  constructor({ words, outbox, fields, where, signIn, take }) {
    Object.assign(this, { words, outbox, fields, where, signIn, take });
    this.line = document.querySelector("[data-save-state]");
    this.clashes = document.getElementById("clashes");
    this.marked = new Set();
    this.shown = "";
    this.known = new Set();
  }

  begin() {
    const { words, outbox } = this;
    this.say(!outbox.keeps ? words.not_kept : outbox.unsent ? words.kept_before : words.ready);
    this.quiet = words.ready;
    this.show();
  }

  // A word of the moment; the state of saving follows it.
  say(...sentences) {
    this.line.textContent = sentences.filter(Boolean).join(" ");
    this.line.dataset.state = "";
  }

  show() {
    const status = this.outbox.status;
    this.#marks();
    this.#choices(status.clashes);
    const [state, sentence] = this.#sentence(status);
    if (!sentence || sentence === this.shown) return;
    this.shown = sentence;
    this.line.textContent = sentence;
    this.line.dataset.state = state;
    if (status.stopped === "signed_out") {
      const link = document.createElement("a");
      link.href = this.signIn;
      link.target = "_blank";
      link.textContent = this.words.sign_in;
      this.line.append(" ", link);
    }
  }

  #sentence({ stopped, detail, unsent, saving, refused, clashes }) {
    const { words } = this;
    const count = unsent === 1 ? words.one_waiting : words.waiting.replace("{n}", unsent);
    if (stopped === "locked") return ["bad", unsent ? `${words.refused.replace("{why}", detail)} ${count}` : ""];
    if (stopped) return ["warm", unsent ? `${words[stopped]} ${count}` : words[stopped]];
    if (refused.length) return ["bad", words.refused.replace("{why}", `${this.where(refused[0].place)}: ${refused[0].why}`)];
    if (clashes.length) return ["bad", count];
    if (unsent || saving) return ["saving", words.saving];
    return this.shown ? ["saved", words.saved] : ["", ""];
  }

  // Each cell that is not with the server shows why.
  #marks() {
    const now = new Set();
    for (const [place, { input }] of this.fields) {
      const item = this.outbox.get(place);
      if (!item && !this.marked.has(place)) continue;
      const cell = input.parentElement;
      if (item) {
        cell.dataset.state = item.state;
        input.setAttribute("aria-description", item.why || this.words.unsaved);
        now.add(place);
      } else {
        cell.dataset.state = "saved";
        input.removeAttribute("aria-description");
      }
    }
    this.marked = now;
  }

  // What is wrong with a value that was just saved, until the checks have looked at everything.
  problem(place, sentence) {
    const { input } = this.fields.get(place);
    const cell = input.parentElement;
    cell.classList.toggle("has-error", Boolean(sentence));
    cell.classList.remove("has-warning", "has-note");
    input.title = sentence;
    if (sentence) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  // All that the checks found: a mark in each cell, and what they say as its description; the first that is new is said.
  findings(found) {
    const byPlace = grouped(found);
    for (const [place, { input }] of this.fields) {
      const here = byPlace.get(place) ?? [];
      const worst = here.find((one) => one.blocks) ?? here.find((one) => one.strength === "note");
      const cell = input.parentElement;
      for (const weight of ["error", "warning", "note"]) cell.classList.toggle(`has-${weight}`, worst?.strength === weight);
      input.title = here.map((one) => `${one.rule}: ${one.text}`).join("\n");
      if (worst?.strength === "error") input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
    const first = found.find((one) => one.blocks && !this.known.has(`${one.place} ${one.rule}`));
    this.known = new Set(found.map((one) => `${one.place} ${one.rule}`));
    if (first && this.line.dataset.state === "saved") this.line.append(` ${this.where(first.place)}: ${first.text}`);
  }

  #choices(items) {
    const known = [...this.clashes.querySelectorAll("[data-place]")].map((each) => `${each.dataset.place}#${each.dataset.version}`);
    const wanted = items.map((item) => `${item.place}#${item.theirs.version}`);
    if (known.join() === wanted.join()) return;
    this.clashes.hidden = !items.length;
    const title = document.createElement("p");
    title.className = "notice-title";
    title.textContent = this.words.clash_title;
    this.clashes.replaceChildren(title, ...items.map((item) => this.#choice(item)));
  }

  #choice(item) {
    const { words } = this;
    const mine = item.next?.value ?? Object.values(item.next ?? {}).join(", ");
    const said = document.createElement("p");
    said.dataset.place = item.place;
    said.dataset.version = item.theirs.version;
    const theirs = item.theirs.text || (item.theirs.empty ? words.nothing : item.theirs.status_words);
    said.append(words.clash
      .replace("{where}", this.where(item.place)).replace("{mine}", mine || words.nothing)
      .replace("{who}", item.theirs.by).replace("{theirs}", theirs).replace("{when}", item.theirs.at), " ");
    const button = (text, deed) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "button is-quiet is-small";
      made.textContent = text;
      made.addEventListener("click", () => {
        deed();
        this.fields.get(item.place)?.input.focus();
      });
      return made;
    };
    said.append(
      button(words.keep_mine, () => this.outbox.keepMine(item.place)), " ",
      button(words.take_theirs, () => this.take(item.place)),
    );
    return said;
  }
}

function grouped(found) {
  const groups = new Map();
  for (const one of found) groups.set(one.place, [...(groups.get(one.place) ?? []), one]);
  return groups;
}
