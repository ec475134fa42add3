import type { FactOf } from '../../evidence/observation.ts';

/** A gRPC call ran into its deadline; dockershim says `operation timeout` (libdocker/kube_docker_client.go). */
export const DEADLINE = /DeadlineExceeded|context deadline exceeded|operation timeout/;

// `ContainerStatus "ID" from runtime service failed`, `"ListContainers with filter from runtime service failed"`,
// `ExecSync ID 'cmd' from runtime service failed`, `Status from runtime service failed`
const CALL = /\b([A-Z][A-Za-z]{3,40})(?: \S.{0,200})? from (?:runtime|image) service failed/;

/** The CRI call that a line tells of; null where it names none. */
export function callOf(message: string): string | null {
  return CALL.exec(message)?.[1] ?? null;
}

const CLASSES: readonly (readonly [NonNullable<FactOf<'log-signal'>['error']>, RegExp])[] = [
  ['deadline', DEADLINE],
  ['not-found', /code = NotFound|[Nn]o such container|not found/],
  ['refused', /connection refused|code = Unavailable|no such file or directory|connection error/],
  [
    'exhausted',
    /code = ResourceExhausted|Resource temporarily unavailable|no space left on device|cannot allocate memory/,
  ],
];

/** How a call failed: by gRPC's code where it tells, else by the words around it. */
export function errorOf(message: string): NonNullable<FactOf<'log-signal'>['error']> {
  return CLASSES.find(([, pattern]) => pattern.test(message))?.[0] ?? 'other';
}
