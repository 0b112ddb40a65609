// Two official MCP clients against a gateway whose live providers answer with recorded bytes: node mcp-recorded.mjs URL
// Prints one JSON object: the text that each got.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as OldClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as OldHttp } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const url = new URL(process.argv[2]);
const info = { name: 'market-intel-brain-test', version: '1' };
const seen = {};

async function use(name, client, transport) {
  await client.connect(transport);
  const quote = await client.callTool({ name: 'quotes', arguments: { symbols: ['binance:DOGEUSDT'] } });
  const book = await client.callTool({ name: 'records', arguments: { kind: 'book', subject: 'binance:BTC/USDT', limit: 3 } });
  seen[name] = { quote: quote.content[0].text, book: book.content[0].text, isError: !!(quote.isError || book.isError) };
  await client.close();
}

await use('stateless', new Client(info, { versionNegotiation: { mode: { pin: '2026-07-28' } } }),
  new StreamableHTTPClientTransport(url));
await use('sdk1', new OldClient(info), new OldHttp(url));
console.log(JSON.stringify(seen));
