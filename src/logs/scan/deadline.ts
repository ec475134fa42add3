/** A disk that does not answer: the reading itself cannot be ended, but nobody waits for it any longer. */
export class Unanswered extends Error {
  static readonly CODE = 'ETIMEDOUT';
  readonly code = Unanswered.CODE;
}

/** @throws Unanswered after `ms` */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Unanswered(`no answer in ${ms} ms`)), ms);
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
