// Text that moves or blinks by itself for longer than five seconds (WCAG 2.2.2 Pause, Stop, Hide), by watching it.
// seconds: how long to watch. A carousel that turns its page every few seconds moves in few of the steps and does not
// count; a marquee, a CSS animation or a script's ticker moves in nearly all of them.
async ({ seconds }) => {
  const STEP = 250;
  const MOST = 1500;
  const letters = (text) => (text.match(/[\p{L}\p{N}]/gu) || []).length;
  const watched = [];
  const walker = document.createTreeWalker(document.body || document.documentElement, NodeFilter.SHOW_TEXT);
  while (watched.length < MOST && walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!node || letters(walker.currentNode.data) < 2) continue;
    if (/^(script|style|noscript|template|option|title)$/i.test(node.tagName)) continue;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const box = range.getBoundingClientRect();
    if (box.width < 1 || box.height < 1) continue;
    watched.push({ node, range, moves: 0, blinks: 0, last: null });
  }
  const state = ({ node, range }) => {
    const box = range.getBoundingClientRect();
    const style = getComputedStyle(node);
    const shown = node.checkVisibility
      ? node.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
      : style.visibility !== "hidden";
    return { x: box.left + scrollX, y: box.top + scrollY, shown, ink: `${style.color}|${style.backgroundColor}|${style.opacity}` };
  };
  const steps = Math.max(4, Math.round((seconds * 1000) / STEP));
  for (let n = 0; n <= steps; n += 1) {
    for (const one of watched) {
      if (!one.node.isConnected) continue;
      const now = state(one);
      if (one.last) {
        if (now.shown && one.last.shown && Math.hypot(now.x - one.last.x, now.y - one.last.y) >= 1) one.moves += 1;
        if (now.shown !== one.last.shown || now.ink !== one.last.ink) one.blinks += 1;
      }
      one.last = now;
    }
    if (n < steps) await new Promise((done) => setTimeout(done, STEP));
  }
  const moving = new Set();
  const blinking = new Set();
  const called = (node) => {
    const name = node.id || (typeof node.className === "string" ? node.className.trim().split(/\s+/)[0] : "");
    return (node.tagName.toLowerCase() + (name ? `.${name}` : "")).slice(0, 60);
  };
  // Lines that move together are one moving thing: their nearest common mover.
  const carrier = (node) => {
    let at = node;
    for (let up = node; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (up.tagName === "MARQUEE" || style.animationName !== "none" || style.overflowX === "hidden") at = up;
      if (up.tagName === "MARQUEE") break;
    }
    return at;
  };
  for (const one of watched) {
    if (one.moves >= steps * 0.7) moving.add(carrier(one.node));
    else if (one.blinks >= steps * 0.25) blinking.add(carrier(one.node));
  }
  // An inherited colour blinks with the element above it.
  const outermost = (found) => [...found].filter((n) => ![...found].some((o) => o !== n && o.contains(n)));
  const moves = outermost(moving);
  const blinks = outermost(blinking);
  return {
    moving: moves.length,
    blinking: blinks.length,
    examples: [...moves, ...blinks].slice(0, 8).map(called),
    watched: watched.length,
  };
}
