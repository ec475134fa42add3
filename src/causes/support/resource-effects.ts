import type { Text } from '../../text/text.ts';
import type { Effect, Reference } from '../cause.ts';
import { componentNameOf, isHost, shareComponent } from './components.ts';
import { isHeldBySignal } from './daemons.ts';
import { sameFault } from './kin.ts';
import { RESOURCE_REFERENCES } from './resource-references.ts';
import { say } from './say.ts';

/** How a shortage slows the runtime: first its answers, at worst beyond every deadline. */
export function slowsRuntime(mechanism: Text, reference: Reference): readonly Effect[] {
  return [
    { state: 'runtime-calls-slow', mechanism, reference },
    { state: 'list-calls-hang', mechanism, reference },
    {
      state: 'runtime-unresponsive',
      mechanism,
      reference,
      // A daemon that a signal has stopped does not answer, however much it has.
      links: (from, to, view) => !isHeldBySignal(view, to.subjects) && sameFault(from, to, view),
    },
    // A shim that hangs or is gone is a fault of its own, however little its daemon has.
    {
      state: 'container-status-hung',
      mechanism,
      reference,
      links: (from, to, view) => to.restsOn !== 'hangWithCulprit' && isServedBy(from, to, view),
    },
    // What the runtime starts for each container goes as short as it does.
    { state: 'oci-runtime-hung', mechanism, reference, links: isServedBy },
    { state: 'exec-probe-pileup', mechanism, reference, links: isServedBy },
  ];
}

/** Whether the containers are asked of a daemon that goes short, or the whole host does. */
const isServedBy: NonNullable<Effect['links']> = (from, to, view) => {
  const served = to.subjects.flatMap((id) => view.to(id, 'served-by')).flatMap((e) => view.from(e, 'listens-on'));
  return from.subjects.some((id) => isHost([id]) || served.includes(id));
};

const KUBELET_STARVES = {
  late: say(
    'The kubelet itself lacks what it needs, so it begins and ends its relists late.',
    'kubelet 自身缺少所需资源，relist 的开始和结束都会推迟。',
  ),
  silent: say(
    'The kubelet does not get to renew its lease in time (40 s) or to post its status, and the control plane turns Ready to Unknown.',
    'kubelet 来不及续租（租约 40 秒）或上报状态，控制面随即把 Ready 置为 Unknown。',
  ),
};

/** What follows when the kubelet itself goes without. Holds where it, or the host as a whole, is named. */
export const SLOWS_KUBELET: readonly Effect[] = [
  {
    state: 'relist-slow',
    mechanism: KUBELET_STARVES.late,
    reference: RESOURCE_REFERENCES.relistPeriod,
    links: (from) => concernsKubelet(from.subjects),
  },
  {
    state: 'kubelet-not-reporting',
    mechanism: KUBELET_STARVES.silent,
    reference: RESOURCE_REFERENCES.lease,
    links: (from) => concernsKubelet(from.subjects),
  },
];

/** A daemon that dies of the shortage. Holds where both name the same daemon. */
export function endsDaemon(state: 'runtime-down' | 'kubelet-down', mechanism: Text, reference: Reference): Effect {
  return { state, mechanism, reference, links: (from, to) => shareComponent(from.subjects, to.subjects) };
}

export function keepsPodsFromStarting(mechanism: Text, reference: Reference): Effect {
  return { state: 'pods-cannot-start', mechanism, reference };
}

function concernsKubelet(subjects: Parameters<typeof shareComponent>[0]): boolean {
  const host = subjects.some((id) => isHost([id]));
  return host || subjects.some((id) => componentNameOf(id) === 'kubelet');
}
