// Runs axe-core (put into the page before) with the rules named and counts what each found. No words of the page leave
// it but the mark-up of a few elements at fault, without their text.
// rules: for each rule the part whose elements it counts, for plain ones and for links around a picture; "" for none.
async ({ rules, most }) => {
  const SAMPLE = 500;
  if (!window.axe || !window.axe.run) throw new Error("axe-core is not in the page");
  const known = new Set(window.axe.getRules().map((r) => r.ruleId));
  const values = Object.keys(rules).filter((r) => known.has(r));
  const run = (within, chosen) =>
    window.axe.run(within, {
      runOnly: { type: "rule", values: chosen },
      rules: Object.fromEntries(chosen.map((r) => [r, { enabled: true }])),
      resultTypes: ["violations", "passes"],
      iframes: false,
      elementRef: true,
      selectors: false, // to name every element takes longer than all the rest on a long page
      preload: false, // style sheets and films are not asked for once more
    });
  // Contrast takes a time that grows with the square of the page: of a long one every so many texts are looked at.
  const texts = [...document.body.querySelectorAll("*")].filter(
    (e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && !/^(script|style|noscript)$/i.test(e.tagName)
  );
  const nth = Math.ceil(texts.length / SAMPLE);
  const rest = await run(document, values.filter((r) => r !== "color-contrast"));
  const shades = await run(nth > 1 ? { include: texts.filter((_, n) => n % nth === 0) } : document, ["color-contrast"]);
  const done = Object.fromEntries(["violations", "passes"].map((k) => [k, [...rest[k], ...shades[k]]]));
  const bare = (node) => (node.html || "").replace(/>[^<]+</g, "><").slice(0, 160);
  // A link whose only content is a picture.
  const pictured = (node) => /^<a\b/i.test(node.html || "") && /<(img|svg|picture)\b/i.test(node.html || "");
  const row = (found, nodes, around) => ({
    rule: found.id,
    impact: found.impact || "",
    pictured: around,
    nodes: nodes.length,
    examples: nodes.slice(0, most).map(bare),
  });
  const told = () =>
    done.violations.flatMap((r) => [
      row(r, r.nodes.filter((n) => !pictured(n)), false),
      row(r, r.nodes.filter(pictured), true),
    ]);
  // An element is good when it breaks none of the rules that count for its part.
  const parts = {};
  const gather = (kind) => {
    const found = {};
    for (const r of done[kind])
      for (const n of r.nodes) {
        const part = rules[r.id][pictured(n) ? 1 : 0];
        if (part) (found[part] = found[part] || new Set()).add(n.element);
      }
    return found;
  };
  const bad = gather("violations");
  const passed = gather("passes");
  for (const part of new Set([...Object.keys(bad), ...Object.keys(passed)])) {
    const wrong = bad[part] || new Set();
    parts[part] = { good: [...(passed[part] || [])].filter((n) => !wrong.has(n)).length, bad: wrong.size };
  }
  return {
    version: window.axe.version,
    violations: told(),
    parts,
    headings: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6, [role=heading]")].filter(
      (h) => h.textContent.trim() || h.querySelector("img[alt]")
    ).length,
  };
}
