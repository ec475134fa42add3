// The disposable child behind HangSafeFiles: takes requests as JSON lines on stdin, does them strictly in order with
// blocking calls, and answers each at once, so that the first request without an answer is the one it hangs in.
// stdin and stdout are used raw and blocking: there is no event loop to keep, and the parent's death is an end of file.
import { readSync, writeSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { errorCode } from './error-code.ts';
import { perform } from './reader-operations.ts';
import { READY, type ReaderReply, type ReaderRequest } from './reader-protocol.ts';

function answer(line: string): ReaderReply {
  const request = JSON.parse(line) as ReaderRequest;
  const startedAt = performance.now();
  try {
    const value = perform(request);
    return { id: request.id, tookMs: performance.now() - startedAt, value };
  } catch (error) {
    return { id: request.id, tookMs: performance.now() - startedAt, error: errorCode(error) };
  }
}

function write(line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  let written = 0;
  while (written < bytes.length) written += writeSync(1, bytes, written);
}

const chunk = Buffer.allocUnsafe(65_536);
const decoder = new StringDecoder('utf8');
let rest = '';
write(READY);
for (;;) {
  const n = readSync(0, chunk);
  if (n === 0) break;
  const lines = (rest + decoder.write(chunk.subarray(0, n))).split('\n');
  rest = lines.pop() ?? '';
  for (const line of lines) write(JSON.stringify(answer(line)));
}
