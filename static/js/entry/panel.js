// The side panel: the page of the cell that has the focus, without its frame. Its fields are saved like those of the grid.
const FOLLOW = 250; // so long a cell has the focus before the panel asks for it

export class Panel {
  constructor(element, { address, button, words, changed, open = false }) {
    this.element = element;
    this.address = address;
    this.button = button;
    this.words = words;
    this.changed = changed;
    this.place = "";
    this.turn = 0;
    button.addEventListener("click", () => this.toggle());
    element.addEventListener("change", (event) => this.#field(event.target));
    element.addEventListener("submit", (event) => this.#submit(event));
    element.addEventListener("keydown", (event) => this.#key(event));
    element.addEventListener("click", (event) => event.target.closest("[data-close]") && this.toggle(false));
    if (open) this.#show(true);
  }

  get isOpen() {
    return !this.element.hidden;
  }

  #show(open) {
    this.element.hidden = !open;
    this.element.parentElement.classList.toggle("has-panel", open);
    this.button.setAttribute("aria-expanded", String(open));
    try {
      sessionStorage.setItem("entry-panel", open ? "open" : "");
    } catch {
      // It opens closed the next time.
    }
  }

  toggle(open = !this.isOpen, { focus = false } = {}) {
    this.#show(open);
    if (open) this.load({ focus });
    else this.cell?.focus();
  }

  #key(event) {
    if (event.key === "Escape" || event.key === "F4") {
      event.preventDefault();
      this.toggle(false);
    }
  }

  // The focus went to another cell: the panel follows when it stays there.
  follow(cell, place) {
    this.cell = cell;
    if (place === this.place) return;
    this.place = place;
    clearTimeout(this.timer);
    if (this.isOpen) this.timer = setTimeout(() => this.load(), FOLLOW);
  }

  async load({ focus = false, only = "" } = {}) {
    if (!this.place) return;
    const turn = (this.turn += 1);
    const [series, period, breakdown] = this.place.split("|");
    const query = new URLSearchParams({ series, period, breakdown, panel: "yes" });
    let text;
    try {
      const answer = await fetch(`${this.address}?${query}`, { cache: "no-store" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      text = await answer.text();
    } catch {
      text = "";
    }
    if (turn !== this.turn) return;
    if (only && text) this.#replace(text, only);
    else if (!only) this.#fill(text, focus);
  }

  #fill(text, focus) {
    if (text) this.element.innerHTML = text;
    else {
      const said = document.createElement("p");
      said.className = "notice is-warm";
      said.textContent = this.words.panel_away;
      this.element.replaceChildren(said);
    }
    this.element.scrollTop = 0;
    if (focus) (this.element.querySelector("input:not([type=hidden]), select, textarea") ?? this.element).focus();
  }

  // After a save the fields stay as the person has them; what is said around them is made anew.
  #replace(text, selector) {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    for (const part of this.element.querySelectorAll(selector)) {
      const now = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
      if (now) part.replaceWith(now);
    }
  }

  saved(place) {
    if (this.isOpen && place === this.place) this.load({ only: "[data-part]" });
  }

  #field(field) {
    if (field.dataset.field) this.changed(this.place, field.dataset.field, field.value, field);
  }

  async #submit(event) {
    event.preventDefault();
    const form = event.target;
    if (form.matches("[data-cell-form]")) return; // its fields are saved as they are changed
    const body = new FormData(form, event.submitter);
    try {
      const answer = await fetch(form.action, { method: "POST", body, cache: "no-store" });
      if (answer.ok) form.reset();
    } catch {
      return; // what was written stays in its field
    }
    this.load({ only: "[data-part=comments]" });
  }
}
