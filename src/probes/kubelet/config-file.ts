/**
 * The scalars at the top of a KubeletConfiguration, as text. A kubelet reads YAML or JSON; of YAML this understands the
 * `key: value` lines without indentation, which is all that the settings of interest ever are. Nested maps and lists,
 * comments and lines of another form are left out.
 * Source: kubelet.config.k8s.io/v1beta1, pkg/kubelet/kubeletconfig/configfiles.
 */
export function parseKubeletConfig(text: string): ReadonlyMap<string, string> {
  return text.trimStart().startsWith('{') ? fromJson(text) : fromYaml(text);
}

function fromYaml(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [, key, rest = ''] = /^"?([A-Za-z]\w{0,80})"?[ \t]*:(?:[ \t]+(.*))?$/.exec(line.trimEnd()) ?? [];
    const value = key === undefined ? '' : scalar(rest);
    if (key !== undefined && value !== '') values.set(key, value);
  }
  return values;
}

function scalar(text: string): string {
  const quoted = /^"((?:[^"\\]|\\.)*)"|^'((?:[^']|'')*)'/.exec(text);
  if (quoted) return quoted[1] ?? quoted[2]?.replaceAll("''", "'") ?? '';
  const plain = text.replace(/(?:^|\s)#.*$/, '').trim();
  // The start of a nested map, list or block.
  return /^[[{&*!|>]/.test(plain) ? '' : plain;
}

function fromJson(text: string): ReadonlyMap<string, string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // A kubelet would refuse it as well; what it then runs with is not told here.
    return new Map();
  }
  const entries = Object.entries(typeof parsed === 'object' && parsed !== null ? parsed : {});
  return new Map(
    entries.flatMap(([k, v]) => (['string', 'number', 'boolean'].includes(typeof v) ? [[k, String(v)]] : [])),
  );
}
