// The keyboard of a spreadsheet on a table of fields. A field is either looked at (arrows move, typing begins anew) or
// edited: by typing (arrows move on) or by F2 (arrows move within the text). Tab is the browser's own, so nobody is caught.
import { parseBlock, writeBlock } from "./blocks.js";

export class Sheet {
  constructor(table, { commit, moved, paste, clear, undo, redo, said }) {
    this.table = table;
    this.rows = [...table.querySelectorAll("tbody tr:not(.group)")].map((row) => [...row.querySelectorAll(".entry-cell input")]);
    this.calls = { commit, moved, paste, clear, undo, redo, said };
    this.mode = "look"; // look, type, edit
    this.before = "";
    this.anchor = null;
    table.addEventListener("focusin", (event) => this.#arrive(event));
    table.addEventListener("focusout", (event) => this.#leave(event));
    table.addEventListener("keydown", (event) => this.#key(event));
    table.addEventListener("input", (event) => this.#typed(event));
    table.addEventListener("pointerdown", (event) => this.#pressed(event));
    table.addEventListener("dblclick", (event) => event.target.matches("input") && this.#edit(event.target));
    table.addEventListener("paste", (event) => this.#pasted(event));
    table.addEventListener("copy", (event) => this.#copied(event));
  }

  #place(input) {
    const row = this.rows.findIndex((cells) => cells.includes(input));
    return row < 0 ? null : [row, this.rows[row].indexOf(input)];
  }

  #arrive({ target }) {
    if (!target.matches("input")) return;
    this.mode = "look";
    this.before = target.value;
    if (!this.extending) this.#select(target, target);
    target.select();
    this.calls.moved(target);
  }

  #leave({ target }) {
    if (target.matches("input")) this.calls.commit(target);
  }

  #typed({ target }) {
    if (target.matches("input") && this.mode === "look") this.mode = "type";
  }

  // A click into the field that has the focus already places the caret: it is edited.
  #pressed(event) {
    const input = event.target.closest(".entry-cell")?.querySelector("input");
    if (!input) return;
    if (event.shiftKey && this.anchor) {
      event.preventDefault();
      this.#select(this.anchor, input);
    } else if (event.target === input && document.activeElement === input) this.#edit(input, { caret: false });
  }

  #edit(input, { caret = true } = {}) {
    if (input.readOnly) return;
    this.mode = "edit";
    if (caret) input.setSelectionRange(input.value.length, input.value.length);
  }

  #select(anchor, end) {
    this.anchor = anchor;
    this.end = end;
    for (const cell of this.table.querySelectorAll("[aria-selected]")) cell.removeAttribute("aria-selected");
    if (anchor === end) return;
    for (const input of this.selected.flat()) input.parentElement.setAttribute("aria-selected", "true");
  }

  get selected() {
    const one = this.#place(this.anchor);
    const other = this.#place(this.end);
    if (!one || !other) return [];
    const [top, bottom] = [one[0], other[0]].sort((a, b) => a - b);
    const [left, right] = [one[1], other[1]].sort((a, b) => a - b);
    return this.rows.slice(top, bottom + 1).map((row) => row.slice(left, right + 1));
  }

  #go(input, down, right, { extend = false } = {}) {
    const [row, column] = this.#place(extend ? this.end : input);
    const next = this.rows[row + down]?.[column + right];
    if (!next) return;
    if (extend) {
      this.#select(this.anchor, next);
      next.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else next.focus();
  }

  #key(event) {
    const input = event.target;
    if (!input.matches("input") || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) return this.#command(event, input);
    if (event.altKey) return;
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (moves && this.mode !== "edit") {
      event.preventDefault();
      this.#go(input, ...moves, { extend: event.shiftKey && this.mode === "look" });
    } else if (moves && moves[0]) {
      event.preventDefault();
      this.#go(input, ...moves);
    } else this.#other(event, input);
  }

  #other(event, input) {
    const row = this.rows[this.#place(input)[0]];
    const deeds = {
      Enter: () => {
        this.calls.commit(input);
        this.#go(input, event.shiftKey ? -1 : 1, 0);
        this.mode = "look";
        this.before = document.activeElement.value;
      },
      F2: () => this.#edit(input),
      Escape: () => {
        input.value = this.before;
        this.mode = "look";
        input.select();
      },
      ...(this.mode === "look" && {
        Home: () => row[0].focus(),
        End: () => row.at(-1).focus(),
        Delete: () => this.calls.clear(this.selected.flat()),
        Backspace: () => this.calls.clear(this.selected.flat()),
      }),
    };
    if (!deeds[event.key]) return;
    event.preventDefault();
    deeds[event.key]();
  }

  #command(event, input) {
    const key = event.key.toLowerCase();
    if (this.mode === "look" && key === "home") this.rows[0][0].focus();
    else if (this.mode === "look" && key === "end") this.rows.at(-1).at(-1).focus();
    else if (this.mode !== "look" || !["z", "y"].includes(key)) return;
    else if (key === "y" || event.shiftKey) this.calls.redo();
    else this.calls.undo();
    event.preventDefault();
    input.select();
  }

  #pasted(event) {
    const input = event.target;
    const text = event.clipboardData.getData("text/plain");
    if (!input.matches("input") || input.readOnly || (this.mode !== "look" && !/[\t\n]/.test(text.trimEnd()))) return;
    event.preventDefault();
    const [top, left] = this.#place(this.selected[0]?.[0] ?? input);
    const pairs = [];
    let over = 0;
    parseBlock(text).forEach((row, down) => row.forEach((given, right) => {
      const field = this.rows[top + down]?.[left + right];
      if (field) pairs.push([field, given]);
      else over += 1;
    }));
    this.mode = "look";
    this.calls.paste(pairs, over);
    this.before = input.value;
    input.select();
  }

  #copied(event) {
    const cells = this.selected;
    if (!event.target.matches("input") || this.mode !== "look" || !cells.length) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", writeBlock(cells.map((row) => row.map((input) => input.value))));
    this.calls.said(cells.flat().length);
  }
}
