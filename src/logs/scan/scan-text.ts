import type { FoundIn, ScanRequest } from '../scan-contract.ts';
import type { RawLine } from '../signature.ts';
import type { TellLine } from './line-assembler.ts';
import { CallbackError } from './problem.ts';
import { type Reading, scannedReading, wholeReading } from './reading.ts';
import { scanStream } from './scan-stream.ts';
import type { Scanners } from './scanners.ts';
import { gather } from './whole-text.ts';

/** A text that comes as a stream. */
interface TextStream {
  readonly file: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Up to so many it is handed over whole. */
  readonly wholeBytes: number;
}

/** Reads a text as it comes: whole, or line by line where it is long. */
export async function scanText(text: TextStream, request: ScanRequest, scanners: Scanners): Promise<Reading> {
  const { file, wholeBytes } = text;
  const { signal } = request;
  const gathered = await gather(text.bytes, wholeBytes, signal);
  if (gathered.kind === 'whole') return wholeReading(file, gathered.bytes, gathered.failure);
  const kernel = scanners.lend();
  try {
    const tellLine = tellerOf(request);
    const scan = { file, bytes: gathered.bytes, kernel, tellLine, advanced: () => undefined, signal };
    const extent = await scanStream(scan);
    return scannedReading(file, extent, extent.head, extent.tail);
  } finally {
    scanners.giveBack(kernel);
  }
}

/** Hands a line to who asked for it. */
export function tellerOf({ onCandidate, onMark }: ScanRequest): TellLine {
  return (line: RawLine, found: FoundIn) => {
    try {
      if (found.literals.length === 0) onMark?.(line);
      else onCandidate(line, found);
    } catch (error) {
      throw new CallbackError(error);
    }
  };
}
