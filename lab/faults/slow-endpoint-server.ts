// Runs as a process of its own: `node slow-endpoint-server.ts SOCKET DELAY_MS`. Listens on SOCKET.slow, hands all to
// SOCKET, and lets each question for the status of one container wait.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

const [socketPath = '', delay = '0'] = process.argv.slice(2);
const STATUS = /\/containers\/[^/]+\/json/;

createServer((asked, answer) => {
  setTimeout(passOn, STATUS.test(asked.url ?? '') ? Number(delay) : 0, asked, answer);
}).listen(`${socketPath}.slow`);

function passOn(asked: IncomingMessage, answer: ServerResponse): void {
  const { method, url: path, headers } = asked;
  const passed = request({ socketPath, method, path, headers }, (got) => {
    answer.writeHead(got.statusCode ?? 502, got.headers);
    got.pipe(answer);
  });
  passed.on('error', () => answer.destroy());
  asked.pipe(passed);
}
