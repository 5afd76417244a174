// Small comforts; every page works without them.
(() => {
  const ready = document.documentElement;
  // One press is enough, and a second one is not sent. The server does not rely on it.
  document.addEventListener("submit", event => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    form.querySelector("[data-busy]")?.removeAttribute("hidden");
    form.querySelectorAll("button").forEach(button => button.setAttribute("aria-disabled", "true"));
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(form => {
    delete form.dataset.sent;
    form.querySelector("[data-busy]")?.setAttribute("hidden", "");
    form.querySelectorAll("button").forEach(button => button.removeAttribute("aria-disabled"));
  }));
  // Gone back to a form and sent as it was: under the key of the first time, so that its work is not done twice. What was changed since is new work.
  // A browser that fills in again what stood in a form before must not bring an old key back.
  addEventListener("pageshow", () => document.querySelectorAll("input[data-key]").forEach(key => { key.value = key.dataset.key; }));
  const digest = (form, button) => {
    let sum = 0;
    for (const [name, value] of new FormData(form, button)) {
      // What the form has seen of its thing is newer once it was sent.
      if (name === "_once" || name === "_token" || name === "Version" || name.startsWith("Seen.")) continue;
      // A file that was not chosen is of this very moment.
      for (const sign of `${name}=${typeof value === "string" ? value : `${value.name} ${value.size} ${value.name && value.lastModified}`};`) sum = (Math.imul(sum, 31) + sign.codePointAt(0)) | 0;
    }
    return `${form.getAttribute("action")} ${sum}`;
  };
  document.addEventListener("submit", event => {
    const key = event.target.elements._once;
    if (event.defaultPrevented || !key) return;
    const sent = history.state?.sent ?? {};
    const same = digest(event.target, event.submitter);
    if (sent[same]) key.value = sent[same];
    else history.replaceState({ ...history.state, sent: { ...sent, [same]: key.value } }, "");
  });
  // Leaving a form with changes that were not sent.
  let changed = false;
  document.addEventListener("input", event => { if (event.target.form?.method === "post" && !event.target.form.hasAttribute("data-free")) changed = true; });
  document.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", event => { if (changed) event.preventDefault(); });
  // "/" finds the search box, "?" the list of keys; both can be turned off at that list.
  document.addEventListener("keydown", event => {
    if (ready.dataset.keys === "off" || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    if (event.key === "/") { const box = document.querySelector("input[type=search]"); if (box) { event.preventDefault(); box.focus(); } }
    if (event.key === "?") location.href = "/help/keys";
  });
  // An open menu closes when it is left, and gives the focus back.
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach(menu => { menu.open = false; menu.querySelector("summary").focus(); });
  });
  document.addEventListener("focusin", event => document.querySelectorAll("details.menu[open]").forEach(menu => { if (!menu.contains(event.target)) menu.open = false; }));
  document.addEventListener("click", event => document.querySelectorAll("details.menu[open]").forEach(menu => { if (!menu.contains(event.target)) menu.open = false; }));
  // After an error the summary is read first.
  document.querySelector(".error-summary")?.focus();
})();
