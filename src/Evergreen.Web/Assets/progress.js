// Follows a job as it goes on. Without this script the page comes round by itself.
const watched = document.querySelector("[data-job]");
if (watched && watched.dataset.over === "false" && "EventSource" in window) {
  let last = Number(watched.dataset.last);
  const part = name => watched.querySelector(`[data-${name}]`);
  const bar = watched.querySelector("progress");
  const source = new EventSource(watched.dataset.job);
  source.onmessage = message => {
    const now = JSON.parse(message.data);
    const number = Number(message.lastEventId);
    part("state").textContent = now.state;
    part("stage").textContent = now.stage ? `: ${now.stage}` : "";
    part("count").textContent = now.total > 0 ? `${now.done.toLocaleString("en")} of ${now.total.toLocaleString("en")}` : "";
    part("left").textContent = now.left;
    if (bar && now.percent !== null) bar.value = now.percent;
    // The first message brings the log from its beginning: only what the page does not show yet is added.
    now.lines.slice(Math.max(0, now.lines.length - Math.max(0, number - last))).forEach(text => {
      const line = document.createElement("li");
      line.textContent = text;
      part("log").append(line);
    });
    last = Math.max(last, number);
    if (now.over) {
      source.close();
      location.reload();
    }
  };
}
