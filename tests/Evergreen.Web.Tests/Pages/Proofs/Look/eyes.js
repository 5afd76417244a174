// What a person would trip over on a page, for the tests; axe stands beside it and judges the rest.
(() => {
  const styles = new Map();
  const style = element => styles.get(element) ?? styles.set(element, getComputedStyle(element)).get(element);
  const shown = element => element.checkVisibility({ visibilityProperty: true });
  // For screen readers alone, or out of the window until it has the focus.
  const unseen = element => { for (; element; element = element.parentElement) if (element.matches(".visually-hidden, .skip, .error-summary:empty") || style(element).clipPath.startsWith("inset(50%")) return true; return false; };
  const name = element => { const html = element.outerHTML; return `${html.slice(0, Math.min(120, html.indexOf(">") + 1))}${(element.textContent ?? "").trim().replace(/\s+/g, " ").slice(0, 40)}`; };
  const seconds = text => Math.max(...text.split(",").map(part => parseFloat(part) * (part.trim().endsWith("ms") ? .001 : 1)));
  const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary";

  const parse = colour => { const parts = colour.match(/[\d.]+/g).map(Number); return { rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 }; };
  const light = rgb => { const [r, g, b] = rgb.map(part => part / 255).map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
  const contrast = (one, other) => { const [a, b] = [light(one), light(other)].sort((x, y) => y - x); return (a + .05) / (b + .05); };
  const behind = element => { for (; element; element = element.parentElement) { const { rgb, alpha } = parse(style(element).backgroundColor); if (alpha > .9) return rgb; } return [255, 255, 255]; };

  // Rows that are built like two before them in their table, one for either stripe, have the colours of those.
  const alike = () => {
    const built = new Map();
    return [...document.querySelectorAll("tbody > tr")].filter(row => {
      const how = [row, ...row.querySelectorAll("*")].map(one => `${one.localName} ${[...one.attributes].map(({ name, value }) => /^(class|style|type|disabled|role|hidden)$|^aria-(current|disabled|pressed)$/.test(name) ? `${name}=${value}` : name).sort().join(" ")}`).join("; ");
      const table = built.get(row.parentElement) ?? built.set(row.parentElement, new Map()).get(row.parentElement);
      table.set(how, (table.get(how) ?? 0) + 1);
      return table.get(how) > 2;
    });
  };

  const judged = check => (...given) => { styles.clear(); return check(...given); };

  window.eyes = {
    // What is folded in is judged too; menus lie over the rest and are opened by themselves.
    unfold: judged(menus => document.querySelectorAll(menus ? "details" : "main details:not(.menu)").forEach(one => { one.open = true; })),

    clipped: judged(() => {
      const faults = [];
      const root = document.documentElement;
      if (root.scrollWidth > root.clientWidth) {
        const widest = [...document.querySelectorAll("body *")].filter(one => shown(one) && !unseen(one) && one.getBoundingClientRect().right > root.clientWidth + 1).slice(-1)[0];
        faults.push(`sticks out by ${root.scrollWidth - root.clientWidth} px${widest ? `: ${name(widest)}` : ""}`);
      }
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        const parent = text.parentElement;
        if (!text.data.trim() || parent.closest("script, style, option, textarea, title") || !shown(parent) || unseen(parent)) continue;
        range.selectNodeContents(text);
        const box = range.getBoundingClientRect();
        if (box.width === 0) continue;
        let own = parent;
        while (style(own).display === "inline" || style(own).display === "contents") own = own.parentElement;
        const around = own.getBoundingClientRect();
        if (!own.closest("svg") && (box.right > around.right + 1.5 || box.left < around.left - 1.5) && !own.closest(".scroll") && !(own.matches("pre") && own.scrollWidth <= own.clientWidth)) faults.push(`a text sticks out of its box: ${name(own)}`);
        for (let outer = own; outer && outer !== document.body; outer = outer.parentElement) {
          const { overflowX, overflowY } = style(outer);
          if (overflowX === "visible" && overflowY === "visible") continue;
          const edge = outer.getBoundingClientRect();
          if (/hidden|clip/.test(overflowX) && (box.right > edge.right + 1.5 || box.left < edge.left - 1.5) || /hidden|clip/.test(overflowY) && (box.bottom > edge.bottom + 3 || box.top < edge.top - 3)) faults.push(`a text is cut off: ${name(own)}`);
          if (/auto|scroll/.test(overflowX) && outer.scrollWidth > outer.clientWidth + 1 && !outer.querySelector("table")) faults.push(`a text is to be scrolled sideways: ${name(outer)}`);
          break;
        }
      }
      // Beside a value in a card, a label is broken between its words alone: it may take six tenths of the line.
      const pen = document.createElement("canvas").getContext("2d");
      for (const cell of document.querySelectorAll("table.ledger td[data-label]")) {
        if (style(cell).display !== "flex" || !shown(cell) || unseen(cell)) continue;
        const label = getComputedStyle(cell, "::before");
        pen.font = `${label.fontStyle} ${label.fontWeight} ${label.fontSize} ${label.fontFamily}`;
        pen.letterSpacing = label.letterSpacing === "normal" ? "0px" : label.letterSpacing;
        const longest = Math.max(...cell.dataset.label.split(/[\s\u2013/-]+/).map(word => pen.measureText(word).width));
        const line = cell.clientWidth - parseFloat(style(cell).paddingLeft) - parseFloat(style(cell).paddingRight);
        if (parseFloat(label.width) < longest - .3 && longest < .6 * line) faults.push(`the label ${cell.dataset.label} is broken inside a word: ${name(cell)}`);
      }
      // The bar at the bottom of a phone leaves the end of the page free.
      const bar = document.querySelector(".rail");
      if (bar && style(bar).position === "fixed") {
        scrollTo(0, root.scrollHeight);
        const end = document.querySelector(".foot a");
        if (end && end.getBoundingClientRect().bottom > bar.getBoundingClientRect().top + 1) faults.push("the bar at the bottom covers the end of the page");
        scrollTo(0, 0);
      }
      return [...new Set(faults)].slice(0, 6);
    }),

    // Spaces between letters, words and lines as WCAG 1.4.12 has them. A sheet made by script is none of the policy's business.
    space: judged(on => {
      const sheet = new CSSStyleSheet();
      if (on) sheet.replaceSync("* { letter-spacing: .12em !important; word-spacing: .16em !important; line-height: 1.5 !important; } p { margin-bottom: 2em !important; }");
      document.adoptedStyleSheets = on ? [sheet] : [];
    }),

    enlarge: judged(on => { document.documentElement.style.fontSize = on ? "200%" : ""; }),

    moving: judged(() => [
      ...document.getAnimations().filter(one => one.playState === "running" && one.effect.getComputedTiming().duration > 10).map(one => `moves: ${name(one.effect.target)}`),
      ...[document.documentElement, ...document.querySelectorAll("body, body *")].filter(one => {
        const { transitionProperty, transitionDuration, animationName, animationDuration, scrollBehavior } = style(one);
        return transitionProperty !== "none" && seconds(transitionDuration) > .01 || animationName !== "none" && seconds(animationDuration) > .01 || scrollBehavior === "smooth";
      }).map(one => `would move: ${name(one)}`),
    ].slice(0, 6)),

    // Whoever goes from stop to stop sees where they are: a line of two points or more, three to one against what lies behind it.
    unmarked: judged(measured => {
      const faults = [];
      for (const one of document.querySelectorAll(controls)) {
        if (!shown(one)) continue;
        one.focus({ preventScroll: true });
        if (document.activeElement !== one) continue;
        const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(one);
        if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) faults.push(`its focus cannot be seen: ${name(one)}`);
        else if (measured) {
          styles.clear();
          const ratio = contrast(parse(outlineColor).rgb, behind(parseFloat(outlineOffset) < 0 ? one : one.parentElement));
          if (ratio < 3) faults.push(`its focus is ${ratio.toFixed(1)} : 1 against what lies behind: ${name(one)}`);
        }
      }
      document.activeElement?.blur();
      return faults.slice(0, 6);
    }),

    // Where the system chooses the colours, backgrounds are gone: what is to be pressed or filled in needs an edge or the system's own drawing.
    lost: judged(() => {
      const faults = [];
      const menus = [...document.querySelectorAll("details.menu:not([open])")];
      menus.forEach(menu => { menu.open = true; });
      for (const one of document.querySelectorAll("button, .btn, input:not([type=hidden]), select, textarea, .key, .chart [class^=bar]")) {
        if (!shown(one) || unseen(one)) continue;
        const own = getComputedStyle(one);
        if (one.matches("select, [type=checkbox], [type=radio], [type=range]")) { if (own.appearance === "none") faults.push(`is drawn in colours of ours: ${name(one)}`); }
        else if (one.closest(".chart")) { if (own.stroke === "none") faults.push(`has no edge: ${name(one)}`); }
        else if (!["Top", "Right", "Bottom", "Left"].some(side => parseFloat(own[`border${side}Width`]) > 0 && own[`border${side}Style`] !== "none")) faults.push(`has no edge: ${name(one)}`);
      }
      menus.forEach(menu => { menu.open = false; });
      return faults.slice(0, 6);
    }),

    small: judged(() => [...document.querySelectorAll(".btn, .tabs a, .menu > summary, .form-control, .form-select, .top .search button")].filter(one => shown(one) && !unseen(one)).filter(one => {
      const { width, height } = one.getBoundingClientRect();
      return width < 43.5 || height < 43.5;
    }).map(one => `is too small for a finger (${Math.round(one.getBoundingClientRect().width)} x ${Math.round(one.getBoundingClientRect().height)}): ${name(one)}`).slice(0, 6)),

    // A form that came back: its summary has the focus, and each of its lines leads to a field that says what is wrong.
    unexplained: judged(() => {
      const summary = document.querySelector(".error-summary");
      if (!summary) return ["no summary of errors"];
      const faults = [];
      if (document.activeElement !== summary) faults.push("the summary of errors has not the focus");
      if (!/^Error/.test(document.title)) faults.push(`the title does not say it: ${document.title}`);
      for (const link of summary.querySelectorAll("a[href^='#']")) {
        const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
        if (!field) faults.push(`leads nowhere: ${name(link)}`);
        else if (!/^(INPUT|SELECT|TEXTAREA)$/.test(field.tagName)) faults.push(`leads to no field: ${name(link)}`);
      }
      // In the order of the fields, as whoever puts them right goes through them.
      const fields = [...summary.querySelectorAll("a[href^='#']")].map(link => document.getElementById(decodeURIComponent(link.hash.slice(1)))).filter(Boolean);
      fields.slice(1).forEach((field, at) => { if (fields[at].compareDocumentPosition(field) & Node.DOCUMENT_POSITION_PRECEDING) faults.push(`is said after a field that stands below it: ${name(field)}`); });
      return faults;
    }),

    // All rules, or those about colours alone: what is light and dark differs in nothing else.
    violations: colours => axe.run(colours ? { include: [document.documentElement], exclude: alike() } : document, { runOnly: colours ? { type: "rule", values: ["color-contrast", "link-in-text-block"] } : { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }, resultTypes: ["violations"], preload: false, iframes: false })
      .then(result => result.violations.map(one => `${one.id}: ${one.help}: ${one.nodes.slice(0, 2).map(node => node.html).join("; ")}`)),
  };
})();
