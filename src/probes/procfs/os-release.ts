/** PRETTY_NAME of os-release(5), else NAME and VERSION_ID; null where it has neither. */
export function parseOsRelease(text: string): string | null {
  const fields = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(line.trim()) ?? [];
    if (name && value !== undefined) fields.set(name, value.replace(/^(["'])(.*)\1$/, '$2'));
  }
  const parts = [fields.get('NAME'), fields.get('VERSION_ID')].filter(Boolean).join(' ');
  return fields.get('PRETTY_NAME') || parts || null;
}
