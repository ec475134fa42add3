/** Whether two messages say the same but for how long ago something was: `last seen active 3m1s ago`, then `3m11s`. */
export function sameProblem(a: string | null, b: string | null): boolean {
  return a === b || (a !== null && b !== null && withoutAge(a) === withoutAge(b));
}

function withoutAge(message: string): string {
  return message.replace(/last seen active [\d.hmsµn]+ ago/g, 'last seen active');
}
