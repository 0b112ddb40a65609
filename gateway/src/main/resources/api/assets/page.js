'use strict';

const at = (id) => document.getElementById(id);

// Kept in memory only: the key is gone when the page is closed or reloaded.
let key = '';

async function json(path) {
  const headers = {Accept: 'application/json'};
  if (key) {
    headers['X-API-Key'] = key;
  }
  const response = await fetch(path, {headers});
  return response.json();
}

function cell(row, content) {
  const td = row.insertCell();
  td.append(content);
  return td;
}

function label(mode) {
  const span = document.createElement('span');
  span.className = mode === 'live' ? 'label' : 'label mock';
  span.textContent = mode;
  return span;
}

function link(path, text) {
  const a = document.createElement('a');
  a.href = path;
  a.textContent = text;
  return a;
}

const quotePath = (provider) =>
  `api/v1/data/${provider.id}/${encodeURIComponent(provider.examples[0])}`;

function showProviders(providers) {
  for (const provider of providers) {
    const row = at('providers').insertRow();
    cell(row, provider.name);
    cell(row, label(provider.mode));
    cell(row, provider.reason);
    cell(row, provider.capabilities.join(', '));
    const quotes = provider.capabilities.includes('quote') && provider.examples.length > 0;
    cell(row, quotes ? link(quotePath(provider), provider.examples[0]) : '');
  }
}

async function showQuote(path) {
  at('command').textContent = `curl ${new URL(path, document.baseURI)}`;
  const result = await json(path);
  at('answer').textContent = JSON.stringify(result, null, 2);
  at('label').hidden = !result.success;
  if (!result.success) {
    at('price').textContent = '–';
    at('unit').textContent = '';
    at('why').textContent = result.error;
    return;
  }
  at('price').textContent = result.data.price;
  at('unit').textContent = `${result.data.price_unit} for ${result.data.symbol}`;
  at('label').textContent = result.mock ? 'mock' : 'live';
  at('label').className = result.mock ? 'label mock' : 'label';
  at('why').textContent = result.mock ? result.mock_reason : `from ${result.data.exchange}`;
}

async function start() {
  const [health, listed] = await Promise.all([json('health'), json('api/v1/providers')]);
  at('state').textContent = `${health.status} · version ${health.version}`;
  at('state').className = `state ${health.status === 'healthy' ? 'well' : 'ill'}`;
  at('access').hidden = Array.isArray(listed.providers);
  if (!Array.isArray(listed.providers)) {
    at('price').textContent = '–';
    at('why').textContent = listed.error;
    return;
  }
  showProviders(listed.providers);
  const quoting = listed.providers.filter((p) => p.capabilities.includes('quote') && p.examples.length > 0);
  const first = quoting.find((p) => p.mode === 'live') ?? quoting.find((p) => p.id === 'binance') ?? quoting[0];
  if (first) {
    at('again').addEventListener('click', () => showQuote(quotePath(first)));
    await showQuote(quotePath(first));
  }
}

const begin = () => start().catch((error) => {
  at('state').textContent = 'the gateway is not responding';
  at('state').classList.add('ill');
  at('why').textContent = String(error);
});

at('access').addEventListener('submit', (event) => {
  event.preventDefault();
  key = at('key').value.trim();
  begin();
});
begin();
