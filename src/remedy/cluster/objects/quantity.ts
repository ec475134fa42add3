const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const SHAPE = /^([+-]?)(\d{0,20})(?:\.(\d{0,20}))?(?:[eE]([+-]?\d{1,2})|([KMGTPE]i)|([numkMGTPE]?))$/;

/**
 * A resource quantity in thousandths, rounded up as the scheduler rounds; null where the text is none.
 * Source: apimachinery/pkg/api/resource/quantity.go, the serialisation format at Quantity; ScaledValue rounds up.
 * @param text `250m`, `1.5Gi`, `129e6`
 */
export function milliQuantity(text: string): number | null {
  const [, sign, whole = '', part = '', exponent, binary, decimal = ''] = SHAPE.exec(text) ?? [];
  if (sign === undefined || whole + part === '') return null;
  const base = binary === undefined ? 1n : 1024n ** BigInt(BINARY.indexOf(binary) + 1);
  const scale = 3 - part.length + (exponent === undefined ? (DECIMAL[decimal] ?? 0) : Number(exponent));
  const digits = BigInt(whole + part) * base * (sign === '-' ? -1n : 1n);
  return Number(scale >= 0 ? digits * 10n ** BigInt(scale) : ceilDivide(digits, 10n ** BigInt(-scale)));
}

function ceilDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by > 0n ? quotient + 1n : quotient;
}
