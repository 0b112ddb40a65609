// A proxy that notes what a client asks for, and passes it on unchanged.
import http from 'node:http';
import net from 'node:net';

export function recordingProxy(port) {
  const asked = [];
  const server = http.createServer((request, response) => {
    asked.push(`${request.method} ${decodeURIComponent(request.url)}`);
    const passed = http.request(
      { host: '127.0.0.1', port, method: request.method, path: request.url, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode, answer.rawHeaders);
        answer.pipe(response);
      });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  });
  const sockets = new Set();
  server.on('upgrade', (request, client, head) => {
    asked.push(`WS ${decodeURIComponent(request.url)}`);
    const gateway = net.connect(port, '127.0.0.1', () => {
      const lines = [`GET ${request.url} HTTP/1.1`];
      for (let i = 0; i < request.rawHeaders.length; i += 2) {
        lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`);
      }
      gateway.write(lines.join('\r\n') + '\r\n\r\n');
      gateway.write(head);
      client.pipe(gateway);
      gateway.pipe(client);
    });
    sockets.add(client).add(gateway);
    client.on('data', (frame) => note(frame, asked));
    for (const side of [client, gateway]) {
      side.on('error', () => { client.destroy(); gateway.destroy(); });
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve({
    port: server.address().port,
    asked,
    close: () => { sockets.forEach((socket) => socket.destroy()); server.close(); server.closeAllConnections(); },
  })));
}

/** Notes the texts that a client sends in a WebSocket: masked frames of less than 64 KiB, each in one piece, several at once. */
function note(frames, asked) {
  let rest = frames;
  while (rest.length >= 6) {
    const short = rest[1] & 0x7f;
    const start = short < 126 ? 2 : 4;
    const length = short < 126 ? short : rest.readUInt16BE(2);
    const mask = rest.subarray(start, start + 4);
    const text = Buffer.from(rest.subarray(start + 4, start + 4 + length));
    for (let i = 0; i < text.length; i++) {
      text[i] ^= mask[i % 4];
    }
    if ((rest[0] & 0x0f) === 1) {
      asked.push(`SEND ${text.toString()}`);
    }
    rest = rest.subarray(start + 4 + length);
  }
}
