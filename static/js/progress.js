// A page of something that goes on looks every two seconds how far it is, and is read anew when it has ended.
// Without this script there is the link "Look again".
const shown = document.getElementById("progress");
const PAUSE = 2000;

async function look() {
  try {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (answer.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.getElementById("progress");
      if (!now) {
        location.reload();
        return;
      }
      if (now.textContent !== shown.textContent) shown.replaceChildren(...now.childNodes);
    }
  } catch {
    // Not reached this time: the next look may be luckier.
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
