// What can be taken back: deeds of one or many cells, the last first.
export class UndoStack {
  constructor(undo, redo) {
    this.done = [];
    this.undone = [];
    this.buttons = { undo, redo };
  }

  push(steps) {
    this.done.push(steps);
    this.undone = [];
    this.#show();
  }

  undo() {
    return this.#move(this.done, this.undone);
  }

  redo() {
    return this.#move(this.undone, this.done);
  }

  #move(from, to) {
    const steps = from.pop();
    if (steps) to.push(steps);
    this.#show();
    return steps;
  }

  #show() {
    this.buttons.undo.disabled = !this.done.length;
    this.buttons.redo.disabled = !this.undone.length;
  }
}
