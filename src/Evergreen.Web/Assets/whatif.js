// The what-if page while a slider moves: the figures are drawn anew by the server. Without it the page has its button.
(() => {
  const form = document.querySelector("[data-slide]")?.form;
  const shown = document.getElementById("figures");
  if (!form || !shown) return;
  const keep = document.querySelector("form[data-keep]");
  let asked = null, waiting = 0;

  const draw = () => {
    asked?.abort();
    asked = new AbortController();
    const query = new URLSearchParams(new FormData(form));
    keep?.querySelectorAll("input[data-of]").forEach(copy => { copy.value = query.get(copy.dataset.of) ?? ""; });
    shown.setAttribute("aria-busy", "true");
    fetch(`${shown.dataset.figures}?${query}`, { signal: asked.signal, headers: { "X-Requested-With": "fetch" } })
      .then(answer => answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status))))
      .then(html => { shown.innerHTML = html; shown.removeAttribute("aria-busy"); history.replaceState(null, "", `?${query}`); })
      .catch(fault => { if (fault.name !== "AbortError") form.submit(); });
  };
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(draw, 60); };

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
    slider.addEventListener("input", () => { number.value = slider.value; soon(); });
    number.addEventListener("input", () => { slider.value = number.value; });
    [slider, number].forEach(one => one.addEventListener("keydown", byFive));
  });
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.querySelector("[data-by-hand]")?.setAttribute("hidden", "");
})();
