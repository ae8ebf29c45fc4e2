// Put into the page before its own scripts: keeps what the browser's timeline says. Milliseconds since navigation began.
(() => {
  if (window !== window.top) return;
  const kept = { fcp: null, lcp: null, tasks: [] };
  const watch = (type, each) => {
    try {
      new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
    } catch {
      // not known to this browser
    }
  };
  watch("paint", (e) => {
    if (e.name === "first-contentful-paint") kept.fcp = e.startTime;
  });
  watch("largest-contentful-paint", (e) => {
    kept.lcp = e.startTime;
  });
  watch("longtask", (e) => {
    if (kept.tasks.length < 2000) kept.tasks.push([e.startTime, e.duration]);
  });
  const now = performance.now.bind(performance);
  const timing = () => performance.getEntriesByType("navigation")[0];
  Object.defineProperty(window, "__decree43_speed", {
    value: () => ({ ...kept, now: now(), load: timing() ? timing().loadEventEnd : 0 }),
  });
})();
