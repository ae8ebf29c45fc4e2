"use strict";
(() => {
  const root = document.documentElement;
  const all = (selector) => Array.from(document.querySelectorAll(selector));
  const one = (selector) => document.querySelector(selector);
  root.classList.add("js");

  // Language
  one("#switch").addEventListener("click", () => {
    const lang = root.dataset.lang === "vi" ? "en" : "vi";
    root.dataset.lang = lang;
    root.lang = lang;
    document.title = root.dataset[lang === "vi" ? "titleVi" : "titleEn"];
  });

  // Light and dark: as the system wishes, or as chosen; a browser may forbid to remember it
  const themes = ["auto", "light", "dark"];
  const remembered = (() => { try { return localStorage.getItem("decree43-theme"); } catch { return null; } })();
  let theme = themes.includes(remembered) ? remembered : "auto";
  const paint = () => {
    if (theme === "auto") delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const name of all("#theme [data-theme-name]")) name.hidden = name.dataset.themeName !== theme;
  };
  one("#theme").addEventListener("click", () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length];
    try { localStorage.setItem("decree43-theme", theme); } catch { /* for this visit only */ }
    paint();
  });
  paint();

  // Filter by words, verdict and group; accents and case do not matter
  const plain = (text) =>
    text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/\s+/g, " ");
  const duties = all(".duty").map((node) => ({
    node,
    group: node.closest(".group").dataset.group,
    words: plain(Array.from(node.querySelectorAll("h4, .msg, .more"), (part) => part.textContent).join(" ")),
  }));
  const query = one("#query");
  const boxes = all("#verdicts input, #groups input");
  const count = () => {
    for (const group of all(".group")) {
      const left = group.querySelectorAll(".duty:not([hidden])").length;
      group.hidden = !left;
      group.querySelector("h3 .left").textContent = left < group.querySelectorAll(".duty").length ? `${left} / ` : "";
    }
  };
  const filter = () => {
    const off = new Set(boxes.filter((box) => !box.checked).map((box) => box.value));
    const words = plain(query.value).split(" ").filter(Boolean);
    let shown = 0;
    for (const { node, group, words: own } of duties) {
      const fits = !off.has(node.dataset.verdict) && !off.has(group) && words.every((word) => own.includes(word));
      node.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    count();
    one("#shown").textContent = `${shown} / ${duties.length}`;
    one("#nobody").hidden = shown > 0 || !duties.length;
    one("#reset").disabled = !off.size && !query.value;
  };
  query.addEventListener("input", filter);
  for (const box of boxes) box.addEventListener("change", filter);
  one("#reset").addEventListener("click", () => {
    query.value = "";
    for (const box of boxes) box.checked = true;
    filter();
    query.focus();
  });
  filter();

  // Link to a duty, to be pasted elsewhere; what cannot be copied stands in the address line
  const told = one("#told");
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  };
  for (const button of all(".copy")) {
    button.addEventListener("click", async () => {
      const link = `${location.href.split("#")[0]}#${button.dataset.anchor}`;
      if (!(await copy(link))) {
        location.hash = button.dataset.anchor;
        return;
      }
      for (const other of all(".copy.done")) other.classList.remove("done");
      button.classList.add("done");
      button.focus();
      told.replaceChildren(...Array.from(one("#copied").childNodes, (node) => node.cloneNode(true)), ` ${link}`);
    });
  }

  // Pictures: small, or as wide as the screen they were taken on
  for (const button of all(".zoom")) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-expanded", String(button.getAttribute("aria-expanded") !== "true"));
    });
  }

  // Details: all at once, on the way to an anchor, and on paper
  const details = all(".duty details");
  one("#open").addEventListener("click", () => details.forEach((node) => { node.open = true; }));
  one("#close").addEventListener("click", () => details.forEach((node) => { node.open = false; }));
  const arrive = () => {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* not an address of ours */ }
    const target = id && document.getElementById(id);
    if (!target || !target.classList.contains("duty")) return;
    target.hidden = false;
    count();
    for (const node of target.querySelectorAll("details")) node.open = true;
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", arrive);
  arrive();
  let before = [];
  window.addEventListener("beforeprint", () => {
    before = details.map((node) => node.open);
    details.forEach((node) => { node.open = true; });
  });
  window.addEventListener("afterprint", () => details.forEach((node, i) => { node.open = before[i]; }));
})();
