import { isNodeName } from '../probes/cluster/node-name.ts';
import { parseEndpointAddress } from '../probes/endpoints/address.ts';
import { parseGoDuration } from '../text/go-duration.ts';
import type { Text } from '../text/text.ts';
import { formatDuration } from '../text/units.ts';
import { harmlessLine } from '../text/untrusted.ts';
import { UserError } from '../text/user-error.ts';

/** What is wrong with an option's value, in one line. */
export function wrong(flag: string, value: string, why: Text): UserError {
  const given = `${flag} "${harmlessLine(value, 100)}"`;
  return new UserError({ en: `${given}: ${why.en}`, zh: `${given}：${why.zh}` });
}

/**
 * A duration such as `10s`, `1m30s` or `500ms`, in milliseconds.
 * @throws UserError for anything else, and outside the bounds
 */
export function durationOption(flag: string, bounds: { readonly minMs: number; readonly maxMs: number }) {
  return (value: string): number => {
    const ms = parseGoDuration(value.trim());
    if (ms === null) {
      throw wrong(flag, value, {
        en: 'not a duration; write 10s, 1m30s or 500ms',
        zh: '不是合法的时长，请写成 10s、1m30s 或 500ms 的形式',
      });
    }
    const [min, max] = [formatDuration(bounds.minMs), formatDuration(bounds.maxMs)];
    if (ms < bounds.minMs || ms > bounds.maxMs) {
      throw wrong(flag, value, { en: `must be from ${min} to ${max}`, zh: `必须在 ${min} 到 ${max} 之间` });
    }
    return ms;
  };
}

/** A whole number. @throws UserError for anything else, and outside the bounds */
export function numberOption(flag: string, { min, max }: { readonly min: number; readonly max: number }) {
  return (value: string): number => {
    const number = /^\d{1,15}$/.test(value.trim()) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    throw wrong(flag, value, {
      en: `must be a whole number from ${min} to ${max}`,
      zh: `必须是 ${min} 到 ${max} 之间的整数`,
    });
  };
}

/** @throws UserError for a word that is not among the choices */
export function choiceOption<T extends string>(flag: string, choices: readonly T[]) {
  return (value: string): T => {
    const chosen = choices.find((c) => c === value);
    if (chosen !== undefined) return chosen;
    throw wrong(flag, value, {
      en: `must be ${oneOf(choices, ', ', ' or ')}`,
      zh: `只能是 ${oneOf(choices, '、', ' 或 ')}`,
    });
  };
}

function oneOf(choices: readonly string[], separator: string, or: string): string {
  return [choices.slice(0, -1).join(separator), ...choices.slice(-1)].filter((part) => part !== '').join(or);
}

/** `sun_path` without its NUL. Source: unix(7). */
const LONGEST_SOCKET_PATH = 107;

/** A unix socket, given as often as there are runtimes. @throws UserError for what cannot be one */
export function endpointOption(flag: string) {
  return (value: string, before: readonly string[] = []): readonly string[] => {
    const address = parseEndpointAddress(value);
    if (!address.ok) {
      throw wrong(flag, value, {
        en: 'must be a unix socket, such as unix:///run/containerd/containerd.sock',
        zh: '必须是 unix 套接字，例如 unix:///run/containerd/containerd.sock',
      });
    }
    if (Buffer.byteLength(address.path) > LONGEST_SOCKET_PATH) {
      throw wrong(flag, value, {
        en: `longer than the ${LONGEST_SOCKET_PATH} bytes that a socket's path may have`,
        zh: `超过套接字路径的长度上限 ${LONGEST_SOCKET_PATH} 字节`,
      });
    }
    return [...before, value.trim()];
  };
}

/** A node's name, as the API server allows it. @throws UserError for what cannot be one */
export function nodeNameOption(flag: string) {
  return (value: string): string => {
    const name = value.trim().replace(/^nodes?\//, '');
    if (isNodeName(name)) return name;
    throw wrong(flag, value, {
      en: 'not the name of a node; see: kubectl get nodes',
      zh: '不是合法的节点名，可用 kubectl get nodes 查看',
    });
  };
}
