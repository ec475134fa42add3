/** `web-0_default(6f031efe-...)`: kubecontainer.Pod format. Source: pkg/kubelet/util/format/pod.go Pod @ v1.20.2. */
const JOINED = /([a-z0-9][a-z0-9.-]{0,252})_([a-z0-9][a-z0-9-]{0,62})\([0-9a-f-]{1,40}\)/;
/** `pod="default/web-0"`, `pods=["default/web-0"]`: klog.KObj. Source: component-base structured logs, kubelet @ 1.21 on. */
const KEYED = /\bpods?=\[?"([a-z0-9][a-z0-9-]{0,62})\/([a-z0-9][a-z0-9.-]{0,252})"/;

/** The pod that a line of the kubelet's log is about, as `namespace/name`; null where it names none. */
export function podInLine(line: string): string | null {
  const joined = JOINED.exec(line);
  if (joined) return `${joined[2]}/${joined[1]}`;
  const keyed = KEYED.exec(line);
  return keyed ? `${keyed[1]}/${keyed[2]}` : null;
}
