/** What systemd's manager says of itself. Source: org.freedesktop.systemd1(5). */
export interface Manager {
  /** `running`, `degraded`, `starting`, `stopping`, `maintenance`; null where not told (before 218). */
  readonly state: string | null;
  /** Names of units in memory, of at most 131072 (MANAGER_MAX_NAMES); null where not told. */
  readonly units: number | null;
  /** Jobs that are queued or run; null where not told. */
  readonly jobs: number | null;
}

/** Reads `systemctl show -p SystemState,NNames,NJobs`: a property a line, in no fixed order. */
export function parseManager(text: string): Manager {
  const properties = new Map(
    text.split('\n').flatMap((line): [string, string][] => {
      const [, name, value] = /^(\w{1,40})=(.{0,80})$/.exec(line) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value]];
    }),
  );
  return {
    state: /^[a-z]{3,20}$/.exec(properties.get('SystemState') ?? '')?.[0] ?? null,
    units: numberOf(properties.get('NNames')),
    jobs: numberOf(properties.get('NJobs')),
  };
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
