/** What is asked of `systemctl show`, and read from it. */
export const UNIT_PROPERTIES = [
  'Id',
  'LoadState',
  'UnitFileState',
  'ActiveState',
  'SubState',
  'Result',
  'ConditionResult',
  'NRestarts',
  'MainPID',
  'InactiveExitTimestamp',
  'ActiveEnterTimestamp',
] as const;

/** State of a unit. Source: systemctl(1), org.freedesktop.systemd1(5). */
export interface UnitProperties {
  readonly unit: string;
  /** `loaded`, `not-found`, `masked`, `bad-setting`, `error`. */
  readonly loadState: string;
  /** `enabled`, `disabled`, `static`, ...; empty where there is no unit file. */
  readonly fileState: string;
  /** `active`, `inactive`, `failed`, `activating`, `deactivating`, `reloading`. */
  readonly activeState: string;
  /** `running`, `dead`, `auto-restart`, `start-pre`, ... */
  readonly subState: string;
  /** `success`, `exit-code`, `signal`, `oom-kill`, `start-limit-hit`, `timeout`, ... */
  readonly result: string;
  /** False where systemd did not start it because a Condition... of the unit does not hold. */
  readonly conditionsMet: boolean;
  /** Restarts by systemd itself; null before systemd 235. */
  readonly restarts: number | null;
  readonly mainPid: number | null;
  /** Unix ms at which it left `inactive`, which for a unit that restarts all the time is the last attempt. */
  readonly activeSince: number | null;
}

/**
 * Reads `systemctl show -p ... UNIT...`: `Key=Value` lines, units parted by an empty line, properties in no fixed
 * order. Timestamps are understood in UTC only (TZ=UTC, as programs are run here).
 */
export function parseUnitProperties(text: string): readonly UnitProperties[] {
  return text
    .split(/\n\s*\n/)
    .map((block) => new Map(block.split('\n').map(splitLine)))
    .flatMap((properties) => {
      const get = (name: (typeof UNIT_PROPERTIES)[number]): string => properties.get(name) ?? '';
      const unit = get('Id');
      if (unit === '') return [];
      const since = timestamp(get('InactiveExitTimestamp')) ?? timestamp(get('ActiveEnterTimestamp'));
      return [
        {
          unit,
          loadState: get('LoadState'),
          fileState: get('UnitFileState'),
          activeState: get('ActiveState'),
          subState: get('SubState'),
          result: get('Result'),
          conditionsMet: get('ConditionResult') !== 'no',
          restarts: count(get('NRestarts')),
          mainPid: count(get('MainPID')) || null,
          activeSince: since,
        },
      ];
    });
}

function splitLine(line: string): [string, string] {
  const equals = line.indexOf('=');
  return equals === -1 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1).trim()];
}

function count(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** `Fri 2026-11-27 18:25:59 UTC`. */
function timestamp(text: string): number | null {
  const [, date, time] = /^\w{3} (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC$/.exec(text) ?? [];
  const ms = Date.parse(`${date}T${time}Z`);
  return Number.isNaN(ms) ? null : ms;
}
