/** One sample of a Prometheus text exposition. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** More samples than any kubelet gives of the names we ask for; a hostile endpoint gets no further. */
const MAX_SAMPLES = 20_000;

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*/;
const LABEL = /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(,|(?=\}))/y;
const VALUE = /^\s*(\S+)(?:\s+-?\d+)?\s*$/;

/**
 * Reads the samples that are wanted out of a text exposition (format 0.0.4). Comments, lines that are cut off or
 * malformed, and everything past 20,000 samples are left out rather than fail the rest.
 * @param wanted asked per name before a line is looked at closely, since a kubelet's answer has megabytes of others
 */
export function parsePrometheus(text: string, wanted: (name: string) => boolean): readonly Sample[] {
  const samples: Sample[] = [];
  let start = 0;
  while (start < text.length && samples.length < MAX_SAMPLES) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const sample = parseSample(text.slice(start, end), wanted);
    if (sample) samples.push(sample);
    start = end + 1;
  }
  return samples;
}

function parseSample(line: string, wanted: (name: string) => boolean): Sample | null {
  const name = NAME.exec(line)?.[0];
  if (name === undefined || !wanted(name)) return null;
  const labels: Record<string, string> = {};
  let end = name.length;
  if (line[end] === '{') {
    const past = readLabels(line, end + 1, labels);
    if (past === null) return null;
    end = past;
  }
  const value = VALUE.exec(line.slice(end))?.[1];
  const number = value === undefined ? null : parseValue(value);
  return number === null ? null : { name, labels, value: number };
}

/** Reads `a="b",c="d"}` from `start` into `labels`; returns the offset past the brace, or null where it never closes. */
function readLabels(line: string, start: number, labels: Record<string, string>): number | null {
  LABEL.lastIndex = start;
  let at = start;
  for (let label = LABEL.exec(line); label; label = LABEL.exec(line)) {
    const [, key = '', quoted = ''] = label;
    // Own property whatever its name: `__proto__` is a lawful label.
    Object.defineProperty(labels, key, { value: unescapeLabel(quoted), enumerable: true, configurable: true });
    at = LABEL.lastIndex;
  }
  while (line[at] === ' ') at += 1;
  return line[at] === '}' ? at + 1 : null;
}

function unescapeLabel(quoted: string): string {
  return quoted.replace(/\\(.)/g, (_, c: string) => (c === 'n' ? '\n' : c));
}

/** Values are Go floats: `1.7e+09`, `NaN`, `+Inf`. */
function parseValue(text: string): number | null {
  if (text === 'NaN') return Number.NaN;
  if (text === '+Inf' || text === 'Inf') return Number.POSITIVE_INFINITY;
  if (text === '-Inf') return Number.NEGATIVE_INFINITY;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text) ? Number(text) : null;
}
