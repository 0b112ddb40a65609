// The title of the page, which a browser shows on its tab: alerts that were not seen, and the price of the selected symbol.

const NAME = document.title;

const shown = {alerts: 0, price: ''};

/** Changes a part of the title: `alerts`, a number, or `price`, a text that says what it is the price of. */
export function showInTitle(changes) {
  Object.assign(shown, changes);
  const parts = [shown.alerts && `(${shown.alerts})`, shown.price && `${shown.price} \u00b7`, NAME];
  const title = parts.filter(Boolean).join(' ');
  if (document.title !== title) {
    document.title = title;
  }
}
