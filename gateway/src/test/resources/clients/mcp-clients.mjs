// The official MCP clients against a gateway: node mcp-clients.mjs URL JAVA CLASSPATH STATE
// Prints one JSON object: what each client saw.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OldHttp } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioClientTransport as OldStdio } from '@modelcontextprotocol/sdk/client/stdio.js';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';

const [url, java, classpath, state] = process.argv.slice(2);
const info = { name: 'market-intel-brain-test', version: '1' };
const seen = {};

async function use(name, client, transport) {
  await client.connect(transport);
  const tools = await client.listTools();
  const called = await client.callTool({ name: 'quotes', arguments: { symbols: ['binance:BTCUSDT'] } });
  const wrong = await client.callTool({ name: 'quotes', arguments: { symbols: ['binance:NOSUCHCOIN'] } });
  seen[name] = {
    server: client.getServerVersion()?.name,
    version: client.getNegotiatedProtocolVersion?.() ?? transport.protocolVersion ?? '',
    tools: tools.tools.map(tool => tool.name),
    text: called.content[0].text,
    isError: called.isError,
    wrong: { isError: wrong.isError, text: wrong.content[0].text },
  };
  await client.close();
}

await use('stateless', new Client(info, { versionNegotiation: { mode: { pin: '2026-07-28' } } }),
  new StreamableHTTPClientTransport(new URL(url)));
await use('auto', new Client(info, { versionNegotiation: { mode: 'auto' } }), new StreamableHTTPClientTransport(new URL(url)));
await use('handshake', new Client(info), new StreamableHTTPClientTransport(new URL(url)));
await use('sdk1', new OldClient(info), new OldHttp(new URL(url)));
// What is said on standard input is kept in a file on its way.
const command = {
  command: 'sh',
  args: ['-c', 'tee -a "$0" | "$@"', `${state}.asked`,
    java, '-XX:TieredStopAtLevel=1', '-Xmx128m', '-cp', classpath, 'io.marketbrain.Main', 'mcp'],
  env: { PATH: process.env.PATH, STATE_FOLDER: state, MOCK_CLOCK: '2024-02-21T09:00:00Z' },
  stderr: 'inherit',
};
await use('stdio', new Client(info, { versionNegotiation: { mode: { pin: '2026-07-28' } } }), new StdioClientTransport(command));
await use('stdioSdk1', new OldClient(info), new OldStdio(command));

const questions = [
  ['quotes', { symbols: ['binance:BTC/USDT'] }],
  ['quotes', { symbols: ['binance:BTC/USDT', 'binance:ETH/USDT', 'yahoo:AAPL', 'yahoo:MSFT', 'EUR/USD'] }],
  ['candles', { symbol: 'binance:BTC/USDT', interval: '1d', limit: 30 }],
  ['candles', { symbol: 'yahoo:AAPL', from: '2023-01-01', to: '2024-01-01', limit: 366 }],
  ['candles', { symbol: 'binance:ETH/USDT', interval: '1h', limit: 500, max_tokens: 400 }],
  ['records', { kind: 'book', subject: 'binance:BTC/USDT', limit: 10 }],
  ['records', { kind: 'series', subject: 'fred:CPIAUCSL', limit: 12 }],
  ['convert', { amount: '100', from: 'USD', to: 'EUR' }],
  ['search', { text: 'bitcoin' }],
  ['status', {}],
];
const client = new Client(info, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
await client.connect(new StreamableHTTPClientTransport(new URL(url)));
const list = await client.listTools();
seen.tokens = { list: encode(JSON.stringify(list.tools)).length, answers: [] };
for (const [name, args] of questions) {
  const result = await client.callTool({ name, arguments: args });
  seen.tokens.answers.push({
    question: `${name} ${JSON.stringify(args)}`,
    most: args.max_tokens ?? 1000,
    tokens: encode(result.content[0].text).length,
    isError: result.isError,
  });
}
await client.close();
console.log(JSON.stringify(seen));
