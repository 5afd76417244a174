// The what-if page has sliders beside its numbers. The figures are drawn anew by the server, through htmx; without script the page has its button.
(() => {
  const form = document.querySelector("[data-slide]")?.form;
  const shown = document.getElementById("figures");
  if (!form || !shown) return;
  const keep = document.querySelector("form[data-keep]");

  form.addEventListener("htmx:before:request", () => {
    const query = new FormData(form);
    keep?.querySelectorAll("input[data-of]").forEach(copy => { copy.value = query.get(copy.dataset.of) ?? ""; });
    shown.setAttribute("aria-busy", "true");
  });
  form.addEventListener("htmx:before:swap", () => history.replaceState(history.state, "", `?${new URLSearchParams(new FormData(form))}`));
  form.addEventListener("htmx:after:swap", () => shown.removeAttribute("aria-busy"));
  // What was refused before is said anew beside the figures, if it is still wrong.
  form.addEventListener("input", () => form.querySelectorAll(".is-wrong").forEach(field => {
    field.classList.remove("is-wrong");
    field.querySelector(".wrong")?.remove();
    field.querySelectorAll("[aria-invalid]").forEach(one => { one.removeAttribute("aria-invalid"); one.removeAttribute("aria-describedby"); });
  }));
  for (const fault of ["htmx:error", "htmx:response:error"]) form.addEventListener(fault, () => form.submit());

  // Arrow keys move by one, page keys by five, on slider and number alike.
  const byFive = event => {
    const step = event.key === "PageUp" ? 5 : event.key === "PageDown" ? -5 : 0;
    if (step === 0) return;
    event.preventDefault();
    const number = event.target.type === "range" ? event.target.closest(".field").querySelector("input[data-slide]") : event.target;
    const [least, most, one] = [Number(number.min || 0), Number(number.max || 100), Number(number.dataset.step || 1)];
    event.target.value = String(Math.min(most, Math.max(least, Math.round((Number(event.target.value) + step * one) * 10000) / 10000)));
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  };
  form.querySelectorAll("input[data-slide]").forEach(number => {
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: number.min || "0", max: number.max || "100", step: number.dataset.step || "1", className: "form-range" });
    slider.value = number.value;
    slider.setAttribute("aria-label", number.dataset.slide || `${number.labels[0].textContent}, slider`);
    number.closest(".field").append(slider);
    slider.addEventListener("input", () => { number.value = slider.value; });
    number.addEventListener("input", () => { slider.value = number.value; });
    [slider, number].forEach(one => one.addEventListener("keydown", byFive));
  });
  form.querySelector("[data-by-hand]")?.setAttribute("hidden", "");
})();
