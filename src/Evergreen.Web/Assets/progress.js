// The page of a job under way is kept up by htmx. Without script it comes round by itself.
(() => {
  // When the job is over, the page shows what came of it.
  document.addEventListener("over", () => location.reload());
  // Whoever is signed out meanwhile is asked in again, and a site that was not there for the first look is asked anew.
  document.addEventListener("htmx:sse:error", event => { if (event.detail.status === 401) location.reload(); });
  for (const name of ["htmx:error", "htmx:response:error"]) document.addEventListener(name, () => setTimeout(() => location.reload(), 5000));
})();
