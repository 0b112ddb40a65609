// Requests to the gateway that served this page, with the key that the user entered, if any.

const KEY_NAME = 'brain.key';

/** The API key of this browser tab; it is gone when the tab is closed. */
export const key = {
  get: () => sessionStorage.getItem(KEY_NAME) ?? '',
  set: (value) => sessionStorage.setItem(KEY_NAME, value),
  clear: () => sessionStorage.removeItem(KEY_NAME),
};

/** A response that is a problem document, or no response at all. */
export class Problem extends Error {
  constructor(status, document) {
    super(document.detail ?? document.error ?? document.title ?? `status ${status}`);
    this.status = status;
    this.title = document.title ?? 'No response';
    this.detail = this.message;
    this.document = document;
  }
}

/** An absolute address from a path without a leading slash, below whatever path the page is published. */
export const address = (path) => new URL(path, document.baseURI).href;

/** The path of data: `data`, `candles`, `book`, `trades` of a symbol such as binance:BTC/USDT. */
export function pathOf(kind, symbol, parameters = {}) {
  const colon = symbol.indexOf(':');
  const query = new URLSearchParams(parameters).toString();
  const name = encodeURIComponent(symbol.slice(colon + 1));
  return `api/v1/${kind}/${encodeURIComponent(symbol.slice(0, colon))}/${name}${query ? `?${query}` : ''}`;
}

/**
 * The JSON at a path.
 *
 * @throws {Problem} for any status but 200, and with status 0 if there is no response
 */
export const get = (path, {signal} = {}) => request(path, {signal});

/**
 * The JSON that a request with a method and a JSON body gets.
 *
 * @throws {Problem} for any status but 2xx, and with status 0 if there is no response
 */
export const send = (method, path, body) =>
  request(path, {method, body: body && JSON.stringify(body), headers: body ? {'Content-Type': 'application/json'} : {}});

/** The headers that every request has. */
export const ownHeaders = () => (key.get() ? {'X-API-Key': key.get()} : {});

async function request(path, options) {
  const headers = {Accept: 'application/json', ...options.headers, ...ownHeaders()};
  let response;
  try {
    response = await fetch(address(path), {...options, headers});
  } catch (fault) {
    if (fault.name === 'AbortError') {
      throw fault;
    }
    throw new Problem(0, {title: 'No response', detail: 'The gateway does not respond.'});
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Problem(response.status, body);
  }
  return body;
}
