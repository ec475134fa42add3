import type { Host } from '../../host/host.ts';
import { parseUnitProperties, UNIT_PROPERTIES, type UnitProperties } from './unit-properties.ts';

export type ShownUnits =
  | { readonly ok: true; readonly units: readonly UnitProperties[] }
  /** `stuck`: systemd or D-Bus did not answer, which is a symptom of its own. */
  | { readonly ok: false; readonly why: 'stuck' | 'failed' | 'no-permission'; readonly detail: string };

/** The command by which a person sees the same. */
export function showCommand(units: readonly string[]): [string, ...string[]] {
  return ['systemctl', 'show', '--no-pager', `--property=${UNIT_PROPERTIES.join(',')}`, ...units];
}

/** Asks systemd for the state of units; those it does not know are left out. */
export async function showUnits(host: Host, units: readonly string[], timeoutMs: number): Promise<ShownUnits> {
  const result = await host.run(showCommand(units), { timeoutMs });
  if (result.timedOut) return { ok: false, why: 'stuck', detail: `systemctl did not answer within ${timeoutMs} ms` };
  if (result.error !== null) return { ok: false, why: 'failed', detail: `systemctl: ${result.error}` };
  const known = parseUnitProperties(result.stdout).filter((u) => u.loadState !== 'not-found');
  if (result.code !== 0 && known.length === 0) {
    const detail = result.stderr.trim().split('\n')[0] ?? '';
    const denied = /access denied|permission denied|authentication required/i.test(detail);
    return { ok: false, why: denied ? 'no-permission' : 'failed', detail: `systemctl: ${detail}` };
  }
  return { ok: true, units: known };
}
