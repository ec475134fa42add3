/** How much of an archive or a folder is looked at. What lies beyond is said. */
export interface ArchiveLimits {
  /** Members, read or not. */
  readonly members: number;
  /** Bytes of the archive, unpacked. */
  readonly bytes: number;
  /** Members that are read. */
  readonly read: number;
  /** Bytes of one member, unpacked once more where it is packed itself. */
  readonly memberBytes: number;
  /** Bytes of all members that are handed over whole; a longer rest is read as logs. */
  readonly wholeBytes: number;
}

/** A sosreport has some 20,000 members and a GiB at most, a must-gather of a large cluster several times that. */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  members: 100_000,
  bytes: 16 * 2 ** 30,
  read: 2000,
  memberBytes: 4 * 2 ** 30,
  wholeBytes: 64 * 2 ** 20,
};

/** A limit was met. What came before counts. */
export class TooMuch extends Error {
  /** @param detail e.g. `more than 100000 members` */
  constructor(detail: string) {
    super(detail);
  }
}

/** @throws TooMuch where there are more bytes than that */
export async function* atMost(bytes: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let got = 0;
  for await (const piece of bytes) {
    got += piece.length;
    if (got > most) throw new TooMuch(`more than ${most} bytes`);
    yield piece;
  }
}
