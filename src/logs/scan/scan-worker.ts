// A thread of the scanner: reads the chunks it is told to, with blocking calls, and answers with what they hold.
import { readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { chunkRead, scanFileChunk } from './file-chunk.ts';
import { makeKernel } from './make-kernel.ts';
import type { WorkerQuestion, WorkerReply, WorkerSetting } from './worker-protocol.ts';

const { sought, rooms } = workerData as WorkerSetting;
const kernel = makeKernel(sought);

parentPort?.on('message', (question: WorkerQuestion) => {
  parentPort?.postMessage(answer(question));
});

function answer({ chunk, room }: WorkerQuestion): WorkerReply {
  try {
    const read = chunkRead(kernel, chunk);
    let got = 0;
    while (got < read.length) {
      const n = readSync(chunk.fd, kernel.memory, read.into + got, read.length - got, read.position + got);
      if (n === 0) break;
      got += n;
    }
    return { findings: scanFileChunk(kernel, read, got, rooms[room] ?? null) };
  } catch (error) {
    return { error: error instanceof Error && 'code' in error ? String(error.code) : String(error) };
  }
}
