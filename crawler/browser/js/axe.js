// Runs axe-core (put into the page before) with the rules named and counts what each found. No words of the page leave
// it but the mark-up of a few elements at fault, without their text.
async ({ rules, most }) => {
  if (!window.axe || !window.axe.run) throw new Error("axe-core is not in the page");
  const known = new Set(window.axe.getRules().map((r) => r.ruleId));
  const values = rules.filter((r) => known.has(r));
  const done = await window.axe.run(document, {
    runOnly: { type: "rule", values },
    rules: Object.fromEntries(values.map((r) => [r, { enabled: true }])),
    resultTypes: ["violations", "passes"],
    iframes: false,
    preload: false, // style sheets and films are not asked for once more
  });
  const bare = (node) => (node.html || "").replace(/>[^<]+</g, "><").slice(0, 160);
  // A link whose only content is a picture.
  const pictured = (node) => /^<a\b/i.test(node.html || "") && /<(img|svg|picture)\b/i.test(node.html || "");
  const row = (found, nodes, withExamples, around) => ({
    rule: found.id,
    impact: found.impact || "",
    pictured: around,
    nodes: nodes.length,
    examples: withExamples ? nodes.slice(0, most).map(bare) : [],
  });
  const told = (kind, withExamples) =>
    done[kind].flatMap((r) => [
      row(r, r.nodes.filter((n) => !pictured(n)), withExamples, false),
      row(r, r.nodes.filter(pictured), withExamples, true),
    ]);
  return {
    version: window.axe.version,
    violations: told("violations", true),
    passes: told("passes", false),
    headings: [...document.querySelectorAll("h1, h2, h3, h4, h5, h6, [role=heading]")].filter(
      (h) => h.textContent.trim() || h.querySelector("img[alt]")
    ).length,
  };
}
