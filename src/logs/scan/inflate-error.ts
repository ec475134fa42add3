/** A compressed file ended early, or is damaged. What came before was handed over. */
export class InflateError extends Error {
  readonly kind: 'cut-off' | 'damaged';
  /** Bytes read of the compressed file by then. */
  readonly offset: number;

  constructor(kind: InflateError['kind'], code: string, offset: number) {
    super(code);
    this.kind = kind;
    this.offset = offset;
  }
}
