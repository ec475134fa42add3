// A thread of the scanner: reads the chunks it is told to, with blocking calls, and answers with what they hold.
import { readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { ChunkFindings } from './chunk.ts';
import { chunkRead, type FileChunk, scanFileChunk } from './file-chunk.ts';
import type { Kernel } from './kernel.ts';
import { makeKernel, type Sought } from './make-kernel.ts';
import type { WorkerReply } from './worker-protocol.ts';

const kernel = makeKernel(workerData as Sought);

parentPort?.on('message', (chunk: FileChunk) => {
  const reply = answer(kernel, chunk);
  parentPort?.postMessage(reply, 'findings' in reply ? buffersOf(reply.findings) : []);
});

function answer(kernel: Kernel, chunk: FileChunk): WorkerReply {
  try {
    const read = chunkRead(kernel, chunk);
    let got = 0;
    while (got < read.length) {
      const n = readSync(chunk.fd, kernel.memory, read.into + got, read.length - got, read.position + got);
      if (n === 0) break;
      got += n;
    }
    return { findings: scanFileChunk(kernel, read, got) };
  } catch (error) {
    return { error: error instanceof Error && 'code' in error ? String(error.code) : String(error) };
  }
}

function buffersOf({ rows, literals, text }: ChunkFindings): ArrayBuffer[] {
  return [rows.buffer, literals.buffer, text.buffer];
}
