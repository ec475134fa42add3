/** Bytes of a gram. */
export const GRAM = 4;
/** Bits of a gram's hash that choose its bit, and its slot. */
export const BIT_BITS = 16;
export const SLOT_BITS = 12;

/** Little-endian, as the kernels read it. What is not there counts as 0. */
export function gramAt(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)) >>> 0
  );
}

export function bitOf(gram: number, multiplier: number): number {
  return Math.imul(gram, multiplier) >>> (32 - BIT_BITS);
}

export function slotOfBit(bit: number): number {
  return bit >>> (BIT_BITS - SLOT_BITS);
}
