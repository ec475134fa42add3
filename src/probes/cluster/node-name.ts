/** What RFC 1123 lets a node be called, and no path could be. */
export function isNodeName(name: string): boolean {
  return /^[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?$/.test(name) && !name.includes('..');
}
