// What the user chose, kept in this browser; nothing of it is sent anywhere.

const NAME = 'brain.dashboard';

const DEFAULT_LIST = [
  {group: 'Crypto', items: ['binance:BTC/USDT', 'binance:ETH/USDT', 'kraken:BTC/USD', 'coinbase:SOL/USD']},
  {group: 'Stocks and indices', items: ['yahoo:AAPL', 'yahoo:MSFT', 'yahoo:^GSPC']},
  {group: 'Currencies and commodities', items: ['mock:EUR/USD', 'ecb:EUR/JPY', 'mock:WTI']},
];

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
  return Array.isArray(list) ? list : structuredClone(DEFAULT_LIST);
}

export const keepWatchList = (list) => write({list});

/** Groups as text for a link: Crypto~binance:BTC/USDT~kraken:BTC/USD!Stocks~yahoo:AAPL. */
export const listAsText = (list) => list.map(({group, items}) => [group, ...items].join('~')).join('!');

/** The groups in the text of a link. */
export const listFromText = (text) =>
  text.split('!').map((part) => {
    const [group, ...items] = part.split('~');
    return {group, items: items.filter((item) => item.includes(':'))};
  });
