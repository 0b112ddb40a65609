// What the user chose, kept in this browser; nothing of it is sent anywhere.

const NAME = 'brain.dashboard';

/** What the gateway has put into the page: the watch list of those without one of their own, and quotes. */
const written = (id) => JSON.parse(document.getElementById(id).textContent);

function read() {
  try {
    return JSON.parse(localStorage.getItem(NAME)) ?? {};
  } catch {
    return {};
  }
}

function write(changes) {
  try {
    localStorage.setItem(NAME, JSON.stringify({...read(), ...changes}));
  } catch {
    // Without storage the choice holds until the page is closed.
  }
}

/** The watch list: groups with symbols such as binance:BTC/USDT, in the user's order. */
export function watchList() {
  const list = read().list;
  return Array.isArray(list) ? list : written('watch-list');
}

/** The quotes that the gateway knew when it sent the page, as events of its streams. */
export const writtenQuotes = () => written('quotes');

export const keepWatchList = (list) => write({list});

/** Groups as text for a link: Crypto~binance:BTC/USDT~kraken:BTC/USD!Stocks~yahoo:AAPL. */
export const listAsText = (list) => list.map(({group, items}) => [group, ...items].join('~')).join('!');

/** The groups in the text of a link. */
export const listFromText = (text) =>
  text.split('!').map((part) => {
    const [group, ...items] = part.split('~');
    return {group, items: items.filter((item) => item.includes(':'))};
  });
