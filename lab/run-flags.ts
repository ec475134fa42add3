/** Flags of `notready lab run`. */
export interface RunFlags {
  readonly keep?: boolean;
  readonly diagnose?: boolean;
  readonly record?: string;
  readonly stock?: boolean;
  readonly 'no-install'?: boolean;
}
