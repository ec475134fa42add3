/** Three restarts within ten minutes: that is what the `crashLooping` of a container fact means. */
const RESTARTS = 3;
const WINDOW_MS = 10 * 60_000;

/** Unix ms throughout; null where it was not told. */
export interface RunTimes {
  readonly state: string;
  readonly createdAt: number | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

/**
 * A container that Docker itself restarts (restart policy). RestartCount goes back to the last start by hand, so a count
 * alone says nothing of today: the last end must be recent, and the restarts either as frequent on average or backed off,
 * as Docker does (100 ms, doubled each time) only while runs last under 10 s.
 * Source: moby, restartmanager/restartmanager.go.
 */
export function isRestartLoop(restartCount: number | null, times: RunTimes, now: number): boolean {
  if (restartCount === null || restartCount < RESTARTS) return false;
  const { state, createdAt, startedAt, finishedAt } = times;
  if (finishedAt === null || now - finishedAt > WINDOW_MS) return false;
  if (state === 'restarting') return true;
  const backedOffMs = startedAt === null ? 0 : startedAt - finishedAt;
  const meanMs = createdAt === null ? Number.POSITIVE_INFINITY : (now - createdAt) / restartCount;
  return backedOffMs >= 300 || meanMs <= WINDOW_MS / RESTARTS;
}

/** One start of a pod's container: Kubernetes makes a new container for each. */
export interface Attempt {
  readonly attempt: number | null;
  readonly createdAt: number | null;
}

/**
 * A container that the kubelet starts again and again. It keeps only the last dead container of each name by default
 * (MaxPerPodContainerCount), so that few attempts are listed: the attempt number tells how many there were, the distance
 * to the one before, or the length of the run that ended, how fast they come. Back-off is at most 5 minutes between runs.
 * Source: pkg/kubelet/kuberuntime/kuberuntime_gc.go, pkg/kubelet/kubelet.go (MaxContainerBackOff).
 * Said of the newest attempt only: one loop, one container.
 * @param listed attempts of the same pod and container name that the runtime lists, this one too
 */
export function isBackOffLoop(own: Attempt, times: RunTimes, listed: readonly Attempt[], now: number): boolean {
  const starts = listed.flatMap((a) => a.createdAt ?? []).sort((a, b) => b - a);
  if (own.createdAt !== starts[0]) return false;
  if (starts.filter((s) => now - s <= WINDOW_MS).length > RESTARTS) return true;
  if (own.attempt === null || own.attempt < RESTARTS) return false;
  const lastEvent = times.finishedAt ?? times.startedAt ?? own.createdAt;
  if (own.createdAt === null || lastEvent === null || now - lastEvent > WINDOW_MS) return false;
  const previous = starts[1];
  if (previous !== undefined) return own.createdAt - previous <= WINDOW_MS;
  const ran = times.finishedAt === null || times.startedAt === null ? null : times.finishedAt - times.startedAt;
  return ran !== null && ran <= WINDOW_MS / RESTARTS;
}
