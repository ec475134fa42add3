import type { ScannedInput, ScanProblem, ScanRequest } from '../../scan-contract.ts';
import { unpacked } from '../inflate.ts';
import { problemOf, STOPPED } from '../problem.ts';
import { NOTHING_READ } from '../reading.ts';
import { scanText } from '../scan-text.ts';
import type { Scanners } from '../scanners.ts';
import { type ArchiveLimits, atMost } from './limits.ts';
import { type TarMember, tarMembers } from './tar.ts';
import { isWanted } from './wanted.ts';

/** A tar, unpacked where it was packed. */
export interface Archive {
  readonly file: string;
  readonly modifiedAt: number | null;
  readonly tar: AsyncIterable<Uint8Array>;
}

/**
 * Reads what can matter in an archive, one member after the other, never more than a piece of it at a time, and nothing
 * onto disk. The archive itself is among what is returned where something is to be said of it.
 */
export async function scanArchive(
  archive: Archive,
  request: ScanRequest,
  scanners: Scanners,
  limits: ArchiveLimits,
): Promise<ScannedInput[]> {
  const scan = new ArchiveScan(archive, request, scanners, limits);
  const problem = await scan.run();
  const { file, modifiedAt } = archive;
  const itself = problem === null ? [] : [{ file, foundIn: null, modifiedAt, ...NOTHING_READ, problem }];
  return [...scan.found, ...itself];
}

class ArchiveScan {
  readonly found: ScannedInput[] = [];
  readonly #archive: Archive;
  readonly #request: ScanRequest;
  readonly #scanners: Scanners;
  readonly #limits: ArchiveLimits;
  #seen = 0;
  #unread = 0;
  #wholeLeft: number;

  constructor(archive: Archive, request: ScanRequest, scanners: Scanners, limits: ArchiveLimits) {
    this.#archive = archive;
    this.#request = request;
    this.#scanners = scanners;
    this.#limits = limits;
    this.#wholeLeft = limits.wholeBytes;
  }

  /** What is to be said of the archive as a whole. */
  async run(): Promise<ScanProblem | null> {
    const { bytes, members, read } = this.#limits;
    try {
      for await (const member of tarMembers(atMost(this.#archive.tar, bytes))) {
        this.#seen += 1;
        if (this.#request.signal?.aborted) return STOPPED;
        if (this.#seen > members) return bounded(`more than ${members} files`);
        if (member !== null && isWanted(member.name)) await this.#read(member);
      }
    } catch (error) {
      return problemOf(error);
    }
    if (this.#unread > 0) return bounded(`more than ${read} files to read`);
    return this.found.length === 0 ? { kind: 'nothing-known', detail: '', offset: null } : null;
  }

  async #read(member: TarMember): Promise<void> {
    const { read, memberBytes } = this.#limits;
    if (this.found.length >= read) {
      this.#unread += 1;
      return;
    }
    const { file: archive } = this.#archive;
    const file = `${archive}:${member.name}`;
    const bytes = atMost(unpacked(member.bytes), memberBytes);
    const wholeBytes = Math.min(this.#request.wholeBytes, this.#wholeLeft);
    const reading = await scanText({ file, bytes, wholeBytes }, this.#request, this.#scanners);
    this.#wholeLeft -= reading.whole?.length ?? 0;
    this.found.push({ file, foundIn: archive, modifiedAt: member.modifiedAt, ...reading });
  }
}

function bounded(detail: string): ScanProblem {
  return { kind: 'bounded', detail, offset: null };
}
