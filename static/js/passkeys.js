// A passkey that was not used (cancelled, timed out, unknown to this device) is said in words; nothing is lost.
const said = document.querySelector("[data-passkey-error]");

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  if (!said) return;
  said.hidden = false;
  said.focus();
});
