// The clock a provider gets here: a Worker's timers, as the shell's.
const source = `const timers = new Map();
onmessage = ({ data: { id, ms } }) => {
  if (ms === undefined) { clearTimeout(timers.get(id)); timers.delete(id); }
  else timers.set(id, setTimeout(() => { timers.delete(id); postMessage(id); }, ms));
};`;
const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
const waiting = new Map();
let next = 1;

worker.onmessage = ({ data }) => {
  const callback = waiting.get(data);
  waiting.delete(data);
  callback?.();
};

export const clock = {
  setTimeout(callback, ms) {
    const id = next;
    next += 1;
    waiting.set(id, callback);
    worker.postMessage({ id, ms });
    return id;
  },
  clearTimeout(id) {
    if (waiting.delete(id)) worker.postMessage({ id });
  },
};
