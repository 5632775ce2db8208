// The clock. In a hidden tab, and in a minimised utility panel, the page's own timers drop to one call a second and later to gaps of
// half a minute; a Worker's keep their pace. The page posts `[id, ms]` to set a timer and `[id]` to clear it; `id` comes back when it is due.

/** @type {Map<number, number>} */
const running = new Map();

addEventListener('message', ({ data: [id, ms] }) => {
  clearTimeout(running.get(id));
  running.delete(id);
  if (ms === undefined) return;
  running.set(id, setTimeout(() => {
    running.delete(id);
    postMessage(id);
  }, ms));
});
