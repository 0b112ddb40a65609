// Collects updates of the page and applies them together, ten times a second at most: more cannot be read, and costs.

const SHORTEST_MILLIS = 100;

const due = new Set();
let last = 0;
let waiting = false;

function apply() {
  waiting = false;
  last = performance.now();
  const updates = [...due];
  due.clear();
  for (const update of updates) {
    update();
  }
}

/** Runs a function in one of the next frames, once however often it was requested until then. */
export function nextFrame(update) {
  due.add(update);
  if (!waiting) {
    waiting = true;
    const wait = SHORTEST_MILLIS - (performance.now() - last);
    const paint = () => requestAnimationFrame(apply);
    if (wait > 0) {
      setTimeout(paint, wait);
    } else {
      paint();
    }
  }
}

/** Drops an update that was not applied yet. */
export function forget(update) {
  due.delete(update);
}

/** Sets the text of an element unless it has it already. */
export function setText(element, text) {
  if (element && element.textContent !== text) {
    element.textContent = text;
  }
}

/** Sets the class of an element unless it has it already. */
export function setClass(element, name) {
  if (element && element.className !== name) {
    element.className = name;
  }
}
