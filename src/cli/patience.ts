import { setTimeout as delay } from 'node:timers/promises';
import { formatDuration } from '../text/units.ts';
import { UserError } from '../text/user-error.ts';

/** A disk that answers at all has answered by then. */
const PATIENCE_MS = 10_000;

/**
 * Waits for a file operation on a path that the user chose, but not for ever: its filesystem may be the very one that
 * hangs on this host.
 * @throws UserError when it has not ended in time; whatever hangs is left behind
 */
export async function withPatience<T>(path: string, work: Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
  const done = new AbortController();
  const hung = delay(patienceMs, null, { signal: done.signal }).then(() => {
    throw doesNotAnswer(path, patienceMs);
  });
  try {
    return await Promise.race([work, hung]);
  } finally {
    done.abort();
  }
}

function doesNotAnswer(path: string, patienceMs: number): UserError {
  const waited = formatDuration(patienceMs);
  return new UserError(
    {
      en: `${path}: no answer for ${waited}; its filesystem may be hung`,
      zh: `${path}：${waited} 内没有响应，所在的文件系统可能已挂起`,
    },
    { en: 'write elsewhere, or send it away: -o - | ssh ...', zh: '请换一个位置，或直接传走：-o - | ssh ...' },
  );
}
