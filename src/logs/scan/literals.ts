export const SHORTEST_LITERAL = 4;
export const LONGEST_LITERAL = 255;
const MOST_LITERALS = 1024;

/**
 * The literals as bytes, in their order.
 * @throws RangeError where one is no printable ASCII, too short or too long, or there are none or too many
 */
export function toBytes(literals: readonly string[]): Uint8Array[] {
  if (literals.length === 0 || literals.length > MOST_LITERALS)
    throw new RangeError(`${literals.length} literals: from 1 to ${MOST_LITERALS} can be looked for at once`);
  return literals.map((literal) => {
    if (!/^[\x20-\x7e]+$/.test(literal)) throw new RangeError(`no printable ASCII: ${JSON.stringify(literal)}`);
    if (literal.length < SHORTEST_LITERAL || literal.length > LONGEST_LITERAL)
      throw new RangeError(`${SHORTEST_LITERAL} to ${LONGEST_LITERAL} characters: ${JSON.stringify(literal)}`);
    return Buffer.from(literal, 'latin1');
  });
}
