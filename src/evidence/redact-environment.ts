import { namesSecret, REDACTED } from './secret-names.ts';
import { QUOTE, valueEnd } from './secret-value.ts';

/** A container's environment variable: `{"name":"X","value":"x"}`, its YAML, and `EnvVar{Name:X,Value:x,ValueFrom:nil,}`. */
const VARIABLE = new RegExp(
  String.raw`(?<![\w.-])name(?:${QUOTE})?\s{0,4}[:=]\s{0,4}(?:${QUOTE})?([\w.-]{1,128})(?:${QUOTE})?[\s,]\s{0,40}(?:${QUOTE})?value(?:${QUOTE})?\s{0,4}[:=]\s{0,4}(${QUOTE})?`,
  'gi',
);
const NEXT_FIELD = /[, ]ValueFrom:/g;
/** The longest value that is looked through for the field after it. */
const LONGEST = 4096;

/**
 * Takes the values out of environment variables whose name says that they are secret. A kubelet writes a container's
 * whole specification into its log when it cannot start it.
 * Source: `container %+v start failed in pod`, Kubernetes' pkg/kubelet/kuberuntime/kuberuntime_manager.go.
 */
export function redactEnvironment(text: string): string {
  let kept = '';
  let from = 0;
  VARIABLE.lastIndex = 0;
  for (let match = VARIABLE.exec(text); match; match = VARIABLE.exec(text)) {
    const [, name = '', quote] = match;
    const start = VARIABLE.lastIndex;
    const end = namesSecret(name) ? variableEnd(text, start, quote) : start;
    if (end === start) continue;
    kept += text.slice(from, start) + REDACTED;
    from = end;
    VARIABLE.lastIndex = end;
  }
  return kept + text.slice(from);
}

/** As Go prints it, a value is not quoted and may hold anything: the next field tells where it ends. */
function variableEnd(text: string, start: number, quote: string | undefined): number {
  if (quote !== undefined) return valueEnd(text, start, quote, 'listed');
  if (text.startsWith(REDACTED, start)) return start;
  const end = text.slice(start, start + LONGEST).search(NEXT_FIELD);
  return end === -1 ? valueEnd(text, start, undefined, 'listed') : start + end;
}
