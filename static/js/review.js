// The reviewers' page by keyboard: j and k (or the arrows) go from value to value, a accepts, q asks.
// The keys work while a box in the table has the focus; without this script every deed is a button of the form.
const form = document.getElementById("marks");
const hint = document.querySelector(".keys-hint");
if (hint) hint.hidden = false;

const boxes = () => [...document.querySelectorAll("#marks .review-choice")];
const rowOf = (element) => element.closest("tr.review-row");

function go(from, by) {
  const all = boxes();
  const next = all[all.indexOf(from) + by];
  if (next) {
    next.focus();
    rowOf(next).scrollIntoView({ block: "nearest" });
  }
}

function ask(box) {
  const details = rowOf(box).querySelector("details.ask");
  if (!details) return;
  details.open = true;
  details.querySelector("textarea").focus();
}

// A deed on one value is sent beside the page: the rows and the counts are then taken from the answer.
async function send(button) {
  const body = new FormData(form, button);
  const focused = document.activeElement?.closest("tr.review-row")?.id;
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.getElementById("values")) throw new Error("not the page");
    if (!answer.ok) {
      // Why it was refused, with everything that was typed, is the answer's own page.
      form.requestSubmit(button);
      return;
    }
    take(page);
  } catch {
    form.requestSubmit(button);
    return;
  } finally {
    form.removeAttribute("aria-busy");
  }
  document.getElementById(focused)?.querySelector(".review-choice")?.focus({ preventScroll: true });
}

const checksum = (page) => page.querySelector('#marks [name="seen_sha256"]')?.value;

function take(page) {
  // Values that changed meanwhile are looked at anew, all of them.
  if (checksum(page) !== checksum(document)) location.reload();
  for (const now of document.querySelectorAll("#marks tr.review-row")) {
    const then = page.getElementById(now.id);
    if (then && then.innerHTML !== now.innerHTML) now.replaceWith(document.importNode(then, true));
  }
  for (const part of document.querySelectorAll("[data-live]")) {
    const then = page.querySelector(`[data-live="${part.dataset.live}"]`);
    if (then) part.replaceChildren(...document.importNode(then, true).childNodes);
  }
}

const KEYS = {
  j: (box) => go(box, 1),
  ArrowDown: (box) => go(box, 1),
  k: (box) => go(box, -1),
  ArrowUp: (box) => go(box, -1),
  q: ask,
  a(box) {
    const button = rowOf(box).querySelector('button[name="accept"]');
    const all = boxes();
    const next = all[all.indexOf(box) + 1];
    next?.focus();
    if (button) send(button);
  },
};

form?.addEventListener("keydown", (event) => {
  const box = event.target;
  if (!box.matches(".review-choice") || event.ctrlKey || event.metaKey || event.altKey) return;
  const deed = KEYS[event.key];
  if (!deed) return;
  event.preventDefault();
  deed(box);
});

// What was typed as a question is not lost with the page while another value is accepted: only its own row is taken anew.
form?.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button?.name === "accept" && button.value !== "selected" && !form.dataset.plain) {
    event.preventDefault();
    form.dataset.plain = "yes";
    send(button).finally(() => delete form.dataset.plain);
  }
});
