// What a phone shows of this page. Counts only: no words of the page leave it.
// width: CSS pixels of the device's screen; unzoomed: the page is shown as large as it is laid out, whatever the
// visual viewport says. Returns figures in CSS pixels of that screen.
({ width, unzoomed }) => {
  const EDGE = 8; // pixels by which something must run past the screen to count as cut
  const MOST_TEXTS = 6000;
  const MOST_TARGETS = 600;
  const SMALL_TEXT = 12; // Lighthouse's audit "font-size"
  const WCAG = 24; // WCAG 2.2, 2.5.8 Target Size (Minimum)
  const COMFORT = 48; // Material Design and Lighthouse's former audit "tap-targets"
  const TARGETS =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, " +
    "[role=button], [role=link], [role=checkbox], [role=tab], [role=menuitem]";
  // Things that move sideways on purpose: what hangs over the edge comes into view by itself or by a swipe.
  const MOVES = /marquee|ticker|carousel|slider|swiper|slick|owl-|splide|glide|flickity|slideshow|scroller/i;

  const root = document.documentElement;
  const body = document.body || root;
  const style = (node) => getComputedStyle(node);
  const seen = (node) =>
    node.checkVisibility ? node.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) : true;
  const named = (node) => `${node.id || ""} ${typeof node.className === "string" ? node.className : ""}`;
  const called = (node) => {
    const word = named(node).trim().split(/\s+/).filter(Boolean).slice(0, 2).join(".");
    return (node.tagName || "").toLowerCase() + (word ? `.${word}` : "");
  };

  // Where no viewport is declared the page is laid out for 980 pixels and shown shrunk.
  const visual = unzoomed ? width : window.visualViewport ? window.visualViewport.width : window.innerWidth;
  const scale = Math.min(1, width / Math.max(1, visual));
  const right = width / scale;

  const holder = style(root).overflowX === "visible" ? body : root;
  const held = ["hidden", "clip"].includes(style(holder).overflowX);
  const wide = Math.max(root.scrollWidth, held ? 0 : root.getBoundingClientRect().width);
  const overflow = held ? Math.max(0, visual - width) : Math.max(0, wide - width);

  // How a node that runs past the screen ends: "scroll" (its box can be swiped), "cut", "page" (the page itself).
  const ending = (node, box) => {
    let place = style(node).position;
    for (let at = node; at && at !== root && at !== body; at = at.parentElement) {
      const own = style(at);
      if (at !== node && place === "absolute" && own.position === "static" && own.transform === "none") continue;
      if (at !== node) place = own.position;
      if (at.tagName === "MARQUEE" || MOVES.test(named(at)) || own.scrollSnapType !== "none") return "scroll";
      if (own.animationName !== "none") return "scroll";
      const edge = at.getBoundingClientRect();
      const shorter = edge.right < box.right - EDGE || edge.left > box.left + EDGE;
      if (!shorter || own.display === "inline") continue;
      if (own.overflowX === "auto" || own.overflowX === "scroll") return "scroll";
      if (own.overflowX === "hidden" || own.overflowX === "clip") {
        const meant = own.textOverflow === "ellipsis" || own.webkitLineClamp !== "none";
        return meant ? "scroll" : "cut";
      }
    }
    return held ? "cut" : "page";
  };
  let clipped = 0;
  let beyond = 0;
  let culprit = "";
  const weigh = (node, box) => {
    const cut = Math.max(box.right - right, -box.left);
    // Wholly outside is a menu or a slide that waits there.
    if (cut <= EDGE || box.left >= right - EDGE || box.right <= EDGE) return;
    const end = ending(node, box);
    if (end === "scroll") return;
    if (end === "cut") clipped = Math.max(clipped, cut);
    if (cut > beyond) {
      beyond = cut;
      culprit = called(node);
    }
  };

  let chars = 0;
  let small = 0;
  const range = document.createRange();
  const texts = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  for (let count = 0; count < MOST_TEXTS && texts.nextNode(); ) {
    const text = texts.currentNode;
    const length = text.data.trim().length;
    const parent = text.parentElement;
    if (length < 2 || !parent || /^(script|style|noscript|template|option)$/i.test(parent.tagName)) continue;
    count += 1;
    if (!seen(parent)) continue;
    range.selectNodeContents(text);
    const box = range.getBoundingClientRect();
    if (box.width < 1 || box.height < 1) continue;
    chars += length;
    if (parseFloat(style(parent).fontSize) * scale < SMALL_TEXT - 0.05) small += length;
    if (length >= 3) weigh(parent, box);
  }
  for (const node of [...document.querySelectorAll("table, img, iframe, video, input, select, textarea, button")].slice(0, 800)) {
    if (!seen(node)) continue;
    const box = node.getBoundingClientRect();
    if (box.width < 24 || box.height < 12) continue;
    // A picture behind a heading is trimmed on purpose: a little, or on both sides.
    const trimmed = (box.left < -EDGE && box.right > right + EDGE) || box.right - right < box.width / 10;
    if (node.tagName !== "IMG" || !trimmed) weigh(node, box);
  }

  const targets = [];
  for (const node of document.querySelectorAll(TARGETS)) {
    if (targets.length >= MOST_TARGETS) break;
    if (!seen(node) || (node.parentElement && node.parentElement.closest(TARGETS))) continue;
    const label = /^(checkbox|radio)$/.test(node.type || "") ? node.closest("label") : null;
    const box = (label || node).getBoundingClientRect();
    if (box.width < 1 || box.height < 1 || box.left >= right || box.right <= 0) continue;
    const block = (() => {
      let at = node.parentElement;
      while (at && style(at).display === "inline") at = at.parentElement;
      return at;
    })();
    let inline = false;
    if (node.tagName === "A" && block && style(node).display === "inline") {
      const linked = [...block.querySelectorAll("a")].reduce((sum, a) => sum + a.textContent.trim().length, 0);
      inline = block.textContent.trim().length - linked >= 20; // a link within a sentence
    }
    targets.push({
      href: node.getAttribute("href") || "",
      inline,
      left: box.left * scale, right: box.right * scale, top: box.top * scale, bottom: box.bottom * scale,
      width: box.width * scale, height: box.height * scale,
      x: ((box.left + box.right) / 2) * scale, y: ((box.top + box.bottom) / 2) * scale,
    });
  }
  const tiny = (t) => Math.min(t.width, t.height) < WCAG - 0.5;
  const crowded = (t) =>
    targets.some((o) => {
      if (o === t || (o.href && o.href === t.href)) return false;
      if (tiny(o)) return Math.hypot(o.x - t.x, o.y - t.y) < WCAG;
      const dx = Math.max(o.left - t.x, 0, t.x - o.right);
      const dy = Math.max(o.top - t.y, 0, t.y - o.bottom);
      return Math.hypot(dx, dy) < WCAG / 2;
    });
  const pressed = targets.filter((t) => !t.inline);

  return {
    layout: root.clientWidth,
    overflow: Math.round(overflow),
    clipped: Math.round(clipped * scale),
    culprit: culprit.slice(0, 80),
    chars,
    small,
    targets: pressed.length,
    tiny: pressed.filter((t) => tiny(t) && crowded(t)).length,
    under48: pressed.filter((t) => Math.min(t.width, t.height) < COMFORT - 0.5).length,
  };
}
