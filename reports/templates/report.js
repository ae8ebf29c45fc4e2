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

  // Filter by verdict and words; accents and case do not matter
  const plain = (text) =>
    text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/\s+/g, " ");
  const duties = all(".duty").map((node) => ({ node, words: plain(node.textContent) }));
  const query = one("#query");
  const filter = () => {
    const wanted = new Set(all("#verdicts input:checked").map((box) => box.value));
    const words = plain(query.value).split(" ").filter(Boolean);
    let shown = 0;
    for (const duty of duties) {
      const fits = wanted.has(duty.node.dataset.verdict) && words.every((word) => duty.words.includes(word));
      duty.node.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    for (const group of all(".group")) group.hidden = !group.querySelector(".duty:not([hidden])");
    one("#shown").textContent = `${shown} / ${duties.length}`;
  };
  query.addEventListener("input", filter);
  for (const box of all("#verdicts input")) box.addEventListener("change", filter);
  filter();

  // Details: all at once, on the way to an anchor, and on paper
  const details = all(".duty details");
  one("#open").addEventListener("click", () => details.forEach((node) => { node.open = true; }));
  one("#close").addEventListener("click", () => details.forEach((node) => { node.open = false; }));
  const arrive = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target || !target.classList.contains("duty")) return;
    target.hidden = false;
    target.closest(".group").hidden = false;
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
