import type { EntityId } from '../../evidence/entity.ts';
import type { Observation } from '../../evidence/observation.ts';
import type { CaseView } from '../../evidence/view.ts';
import type { Text } from '../../text/text.ts';
import { cgroupPath } from './cgroup-files.ts';
import { cgroupsOf, runningComponents } from './components.ts';
import { count, say } from './say.ts';
import { THRESHOLDS } from './thresholds.ts';

/** A countable limit and whom it concerns. */
export interface UsedLimit {
  readonly observation: Observation<'limit'>;
  readonly level: 'exhausted' | 'tight' | 'enough';
  /**
   * `host`: everything. `pods`: all pods together. `daemon`: the runtime or the kubelet.
   * `container`: one container or pod, whose own affair it is.
   */
  readonly concerns: 'host' | 'pods' | 'daemon' | 'container';
  readonly subjects: readonly EntityId[];
  readonly text: Text;
}

/** Every limit of the case file, weighed. */
export function usedLimits(view: CaseView): readonly UsedLimit[] {
  const ofDaemons = daemonSubjects(view);
  return view.all('limit').map((observation) => {
    const { used, max } = observation.fact;
    const owner = observation.about.find((id) => ofDaemons.has(id));
    const subjects = owner === undefined ? observation.about : [...observation.about, ofDaemons.get(owner) ?? owner];
    return {
      observation,
      level: levelOf(used, max),
      concerns: concernOf(observation, owner !== undefined),
      subjects: [...new Set(subjects)],
      text: describe(observation),
    };
  });
}

function levelOf(used: number, max: number | null): UsedLimit['level'] {
  if (max === null) return 'enough';
  const share = max > 0 ? used / max : 1;
  if (share >= THRESHOLDS.limitExhausted.value) return 'exhausted';
  return share >= THRESHOLDS.limitTight.value ? 'tight' : 'enough';
}

/** From what a limit may be about to the daemon that it binds. */
function daemonSubjects(view: CaseView): ReadonlyMap<EntityId, EntityId> {
  const found = new Map<EntityId, EntityId>();
  for (const { id } of runningComponents(view)) {
    for (const bound of [id, ...view.to(id, 'is-process'), ...cgroupsOf(view, id)]) found.set(bound, id);
  }
  return found;
}

// The parents of all pods: /kubepods with the cgroupfs driver, /kubepods.slice with systemd's, and their QoS classes.
const PODS_PARENT = /\/kubepods(?:\.slice)?(?:\/(?:kubepods-)?(?:burstable|besteffort)(?:\.slice)?)?$/;

function concernOf({ fact, about }: Observation<'limit'>, ofDaemon: boolean): UsedLimit['concerns'] {
  if (fact.scope === 'host' || fact.scope === 'user') return 'host';
  if (ofDaemon) return 'daemon';
  const cgroup = about.find((id) => id.startsWith('cgroup:'));
  return cgroup !== undefined && PODS_PARENT.test(cgroupPath(cgroup)) ? 'pods' : 'container';
}

const RESOURCE: Readonly<Record<Observation<'limit'>['fact']['resource'], Text>> = {
  pids: say('PIDs', 'PID'),
  threads: say('threads', '线程'),
  'open-files': say('open files', '文件描述符'),
  'inotify-instances': say('inotify instances', 'inotify 实例'),
  'inotify-watches': say('inotify watches', 'inotify watch'),
};

function describe({ fact }: Observation<'limit'>): Text {
  const what = RESOURCE[fact.resource];
  const hits = fact.hits ?? 0;
  const whose = fact.scope === 'host' ? say('The host', '主机') : say(fact.subject, fact.subject);
  if (fact.max === null) {
    return say(`${whose.en}: ${fact.used} ${what.en}, no limit`, `${whose.zh}：${what.zh} ${fact.used}，无上限`);
  }
  return say(
    `${whose.en}: ${fact.used} of ${fact.max} ${what.en} used${hits > 0 ? `, limit hit ${count(hits, 'time')}` : ''}`,
    `${whose.zh}：${what.zh} 已用 ${fact.used}/${fact.max}${hits > 0 ? `，触顶 ${hits} 次` : ''}`,
  );
}
