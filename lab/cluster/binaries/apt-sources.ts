/**
 * A file of the machine's package sources, asking for source packages instead, sources.list(5). Mirrors, options and
 * keys stay as they are. Comments, disabled entries and installation media are left out.
 * @param name decides the format: `.sources` is deb822, anything else one entry a line
 */
export function asSourcePackages(name: string, text: string): string {
  return name.endsWith('.sources') ? deb822(text) : oneLine(text);
}

/** Whether apt reads a file of this name in sources.list.d. */
export function isSourcesFile(name: string): boolean {
  return /^[A-Za-z0-9_.-]+\.(list|sources)$/.test(name) && !name.startsWith('.');
}

function oneLine(text: string): string {
  const lines = text.split('\n').flatMap((line) => {
    const [, rest] = /^\s*deb(?:-src)?\s+(\S.*)$/.exec(withoutComment(line)) ?? [];
    return rest === undefined || /^(\[[^\]]*\]\s*)?cdrom:/.test(rest) ? [] : [`deb-src ${rest.trim()}`];
  });
  return [...new Set(lines)].map((line) => `${line}\n`).join('');
}

/** A `#` starts a comment anywhere but within `[]`: apt-pkg/sourcelist.cc @ apt 2.6.1, ParseFileOneLine. */
function withoutComment(line: string): string {
  return /^(?:\[[^\]]*\]|[^#])*/.exec(line)?.[0] ?? '';
}

interface Field {
  /** In lower case: names of fields have no case. */
  readonly name: string;
  readonly lines: string[];
}

function deb822(text: string): string {
  const stanzas = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .split(/\n(?:[ \t\r]*\n)+/)
    .map(fieldsOf)
    .filter(isWanted)
    .map((fields) => fields.flatMap((f) => (f.name === 'types' ? ['Types: deb-src'] : f.lines)).join('\n'));
  return [...new Set(stanzas)].map((stanza) => `${stanza}\n`).join('\n');
}

function fieldsOf(stanza: string): Field[] {
  const fields: Field[] = [];
  for (const line of stanza.split('\n')) {
    const name = /^([^\s:#]+):/.exec(line)?.[1];
    if (name !== undefined) fields.push({ name: name.toLowerCase(), lines: [line] });
    else if (/^[ \t]+\S/.test(line)) fields.at(-1)?.lines.push(line);
  }
  return fields;
}

function isWanted(fields: readonly Field[]): boolean {
  const words = (name: string): string[] => {
    const text = fields.find((f) => f.name === name)?.lines.join(' ') ?? '';
    return text
      .slice(text.indexOf(':') + 1)
      .split(/\s+/)
      .filter(Boolean);
  };
  const [enabled = 'yes'] = words('enabled');
  if (/^(no|false|without|off|disable|0)$/i.test(enabled)) return false;
  const uris = words('uris').filter((uri) => !uri.startsWith('cdrom:'));
  return uris.length > 0 && words('types').some((type) => type === 'deb' || type === 'deb-src');
}
