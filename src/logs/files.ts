import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import type { ScanLogs, ScannedInput, ScanProblem, ScanRequest } from './scan-contract.ts';
import type { RawLine } from './signature.ts';

const STDIN = '-';
/** Of a larger file the end counts: it is read from there on. */
const MAX_BYTES = 256 << 20;
const EDGE_CHARACTERS = 64 * 1024;
const LONGEST_LINE = 64 * 1024;

/** The simplest engine: each input in one piece, gunzipped where it is packed, its end only where it is large. */
export const scanFiles: ScanLogs = async (request) => {
  const inputs: ScannedInput[] = [];
  for (const input of request.inputs) inputs.push(await scanOne(input, request));
  return inputs;
};

async function scanOne(input: string, request: ScanRequest): Promise<ScannedInput> {
  const file = input === STDIN ? 'stdin' : input;
  const info = input === STDIN ? null : await statOf(input);
  if (info !== null && 'kind' in info) return unread(file, info);
  const start = info?.isFile() ? Math.max(info.size - MAX_BYTES, 0) : 0;
  const read = await readAll(input === STDIN ? process.stdin : createReadStream(input, { start }));
  if ('kind' in read) return unread(file, read);
  const unpacked = unpack(read);
  if ('kind' in unpacked) return unread(file, unpacked);
  if (unpacked.subarray(0, 8192).includes(0)) return unread(file, { kind: 'binary', detail: 'not a text', offset: 0 });
  const text = unpacked.toString('utf8');
  return scanText(file, text, info === null ? null : info.mtimeMs, request);
}

async function statOf(path: string) {
  try {
    const info = await stat(path);
    return info.isDirectory() ? problem('folder', 'EISDIR') : info;
  } catch (error) {
    return problemOf(error);
  }
}

async function readAll(stream: Readable): Promise<Buffer | ScanProblem> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size > MAX_BYTES) break;
    }
  } catch (error) {
    return problemOf(error);
  }
  return Buffer.concat(chunks);
}

function unpack(bytes: Buffer): Buffer | ScanProblem {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
  } catch (error) {
    return problem('failed', error instanceof Error ? error.message : String(error));
  }
}

function scanText(file: string, text: string, modifiedAt: number | null, request: ScanRequest): ScannedInput {
  const small = text.length <= request.wholeBytes;
  const lines = text.split('\n');
  if (!small) handOver(file, lines, request);
  return {
    file,
    modifiedAt,
    bytes: Buffer.byteLength(text),
    lines: text.endsWith('\n') ? lines.length - 1 : lines.length,
    head: rawLines(file, text.slice(0, EDGE_CHARACTERS)),
    tail: rawLines(file, text.slice(-EDGE_CHARACTERS)),
    whole: small ? text : null,
    problem: null,
  };
}

function handOver(file: string, lines: readonly string[], { literals, onCandidate }: ScanRequest): void {
  let offset = 0;
  lines.forEach((line, i) => {
    const text = line.slice(0, LONGEST_LINE);
    if (literals.some((literal) => text.includes(literal))) {
      onCandidate({ text, position: { file, line: i + 1, offset } });
    }
    offset += Buffer.byteLength(line) + 1;
  });
}

function rawLines(file: string, text: string): readonly RawLine[] {
  return text.split('\n').map((line, i) => ({ text: line, position: { file, line: i + 1, offset: 0 } }));
}

function unread(file: string, why: ScanProblem): ScannedInput {
  return { file, modifiedAt: null, bytes: 0, lines: 0, head: [], tail: [], whole: null, problem: why };
}

function problem(kind: ScanProblem['kind'], detail: string): ScanProblem {
  return { kind, detail, offset: null };
}

function problemOf(error: unknown): ScanProblem {
  const code = (error as NodeJS.ErrnoException).code ?? 'EIO';
  if (code === 'ENOENT' || code === 'ENOTDIR') return problem('absent', code);
  return problem(code === 'EACCES' || code === 'EPERM' ? 'denied' : 'failed', code);
}
