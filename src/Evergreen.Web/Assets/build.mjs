// Makes what the pages load: one style sheet, one sprite of icons, the scripts. Run by the build of Evergreen.Web.
import { readFileSync, writeFileSync, mkdirSync, readdirSync, copyFileSync } from "node:fs";
import * as sass from "sass";

mkdirSync("built", { recursive: true });

const { css } = sass.compile("site.scss", { loadPaths: ["node_modules"], style: "compressed", quietDeps: true, silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"] });
const { onScreen, alone } = darkOnScreen(css);
writeFileSync("built/site.css", `${onScreen}@media screen and (prefers-color-scheme: dark){${alone.replaceAll("[data-bs-theme=dark]", "[data-bs-theme=auto]")}}`);

const names = readFileSync("icons.txt", "utf8").split(/\s+/).filter(Boolean);
const symbols = [...new Set(names)].sort().map(name => {
  const svg = readFileSync(`node_modules/@tabler/icons/icons/outline/${name}.svg`, "utf8");
  const body = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>")).replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${body}</symbol>`;
});
writeFileSync("built/icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`);

copyFileSync("node_modules/htmx.org/dist/htmx.min.js", "built/htmx.js");
copyFileSync("node_modules/htmx.org/dist/ext/hx-sse.min.js", "built/hx-sse.js");
for (const script of readdirSync(".").filter(file => file.endsWith(".js"))) copyFileSync(script, `built/${script}`);
writeFileSync("built/.done", "");

// The rules of the dark theme: kept for the screen, since paper is always light, and alone, for those who leave the choice to their system.
function darkOnScreen(text) {
  let onScreen = "", alone = "", at = 0, done = 0;
  while ((at = text.indexOf("[data-bs-theme=dark]", at)) >= 0) {
    const from = Math.max(text.lastIndexOf("}", at), text.lastIndexOf("{", at), text.lastIndexOf(";", at)) + 1;
    const open = text.indexOf("{", at);
    let depth = 1, to = open + 1;
    for (; depth > 0; to++) depth += text[to] === "{" ? 1 : text[to] === "}" ? -1 : 0;
    const rule = text.slice(from, to);
    onScreen += `${text.slice(done, from)}@media screen{${rule}}`;
    alone += rule;
    at = done = to;
  }
  return { onScreen: onScreen + text.slice(done), alone };
}
