import { type EntityId, entityId } from '../evidence/entity.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Assessment, Cause, Remedy } from './cause.ts';
import { cite, held, notSeen, weigh } from './support/assessment.ts';
import { noKubeletHere } from './support/cluster.ts';
import { unitCommand } from './support/commands.ts';
import { engines } from './support/engines.ts';
import { type BugSight, bugsSeen, versionEvidence } from './support/known-bugs.ts';
import { kubeletComponent } from './support/kubelet.ts';
import { freshReady, freshSignals, quoteHealth, quoteLine } from './support/kubelet-word.ts';
import { missing } from './support/missing.ts';
import { REFERENCES } from './support/references.ts';
import { reboot, restartKubelet, restartRuntime } from './support/remedies.ts';
import { count, say } from './support/say.ts';
import { versionsOf } from './support/software.ts';
import { type LockSight, lockEvidence, lockSights, waiting } from './support/stuck-stacks.ts';
import { upgradesFor } from './support/upgrade.ts';

/** A bug of the kubelet other than the relist deadlock. */
export const kubeletBug: Cause = {
  id: 'kubelet-bug',
  title: say('A bug of the kubelet', 'kubelet 自身的缺陷'),
  assess,
  leadsTo: [
    {
      state: 'kubelet-down',
      mechanism: say(
        'A panic that is not caught ends the kubelet, and what it panics on is there again when it starts.',
        '未捕获的 panic 会使 kubelet 退出，而触发它的对象在下次启动时依然存在。',
      ),
      reference: REFERENCES.kubeletPanic,
      links: (_from, _to, view) => freshSignals(view, 'kubelet-panicked').length > 0,
    },
    {
      state: 'kubelet-not-reporting',
      mechanism: say(
        'The loop that posts the status waits for a lock or a call that never comes back.',
        '上报状态的循环在等一把锁或一个永不返回的调用。',
      ),
      reference: REFERENCES.kubeletWedged,
    },
    {
      state: 'relist-slow',
      mechanism: say(
        'Relist or the sync loop waits for a lock inside the kubelet.',
        'relist 或 sync loop 在等 kubelet 内部的一把锁。',
      ),
      reference: REFERENCES.kubeletWedged,
      links: (_from, _to, view) => locks(view).length > 0,
    },
  ],
  about: say(
    'The kubelet itself fails, while its runtime, its settings and its way to the API server are in order: it panics on an object, or its loops wait for each other’s locks, as between cAdvisor, the volume manager and the status. Such bugs are known by version; the stacks or the panic say which one it is. A restart mostly helps for a while.',
    'kubelet 自身出错，而运行时、配置、到 API server 的连接都正常：它在处理某个对象时 panic，或内部的循环（cAdvisor、volume manager、状态上报等）互相等锁。这类缺陷与版本有关，堆栈或 panic 信息能说明是哪一个。重启通常能暂时恢复。',
  ),
  shownBy: [
    say('A panic in its log of the last 10 minutes.', '最近 10 分钟的日志中有 panic。'),
    say(
      'Its goroutine stacks show waits for a lock of 2 minutes or more, while the runtime answers.',
      '其 goroutine 堆栈中有等锁 2 分钟以上的调用，而运行时有应答。',
    ),
    say('A version with a known bug together with the traces of that bug.', '版本存在已知缺陷，且出现该缺陷的痕迹。'),
  ],
  ruledOutBy: [
    say(
      'Its health check answers ok and nothing of the kind is in its log.',
      '健康检查返回 ok，日志中也没有此类内容。',
    ),
  ],
  references: [REFERENCES.kubeletPanic, REFERENCES.kubeletWedged],
  remedies: (view) => [
    ...general(unitCommand(view, 'restart', 'kubelet')),
    ...upgradesFor(bugsSeen(view, 'kubelet-bug')),
  ],
  generalRemedies: general('systemctl restart kubelet'),
  confirm: [
    { command: 'kubelet --version', shows: say('which version it is', '版本') },
    {
      command: 'journalctl -u kubelet --since -30m --no-pager | grep -A20 -E "panic|fatal error" | head -40',
      shows: say('what it panicked on', 'panic 的内容'),
    },
    {
      command: 'kubectl get --raw "/api/v1/nodes/NODE/proxy/debug/pprof/goroutine?debug=2" > kubelet-stacks.txt',
      shows: say('its stacks; kill -QUIT writes them too, but ends it', '其堆栈；kill -QUIT 也会输出，但会使其退出'),
    },
  ],
};

function general(restart: string): readonly Remedy[] {
  return [
    restartKubelet(restart, {
      works: true,
      why: say(
        'What hangs is inside its process. It comes back until the upgrade; after a panic it may end at once again.',
        '卡住的东西在进程内部。升级之前还会再现；若是 panic，重启后可能立即再次退出。',
      ),
    }),
    {
      action: 'upgrade-kubelet',
      title: say(
        'Upgrade the kubelet to the newest patch of its minor version',
        '将 kubelet 升级到当前小版本的最新补丁',
      ),
      works: true,
      why: say(
        'Fixes of such bugs are backported to supported versions; look for the panic or the functions of the stack in the changelog.',
        '此类修复会回移到受支持的版本；请按 panic 信息或堆栈中的函数在变更日志中查找。',
      ),
      command: null,
      risk: say('An upgrade like any other; drain the node first.', '风险与常规升级相同，请先 drain 节点。'),
    },
    reboot(say('A restart of the kubelet does the same at less cost.', '重启 kubelet 即可达到同样效果，代价更小。')),
    restartRuntime(null, { works: false, why: say('The runtime is not what fails.', '出错的不是运行时。') }),
  ];
}

function locks(view: CaseView): readonly LockSight[] {
  return lockSights(view).filter((s) => s.name === 'kubelet');
}

/** Panics in so many lines or more are a loop; the kubelet catches a single one in most of its loops and goes on. */
const OFTEN = 2;

function assess(view: CaseView): Assessment {
  const bugs = bugsSeen(view, 'kubelet-bug');
  const agreed = bugs.find((b) => b.version !== null && b.traces.length > 0);
  if (agreed !== undefined) return known(view, agreed);
  const panics = freshSignals(view, 'kubelet-panicked').filter((o) => o.fact.log === 'kubelet');
  if (panics.length > 0) return panicked(view);
  const [locked] = locks(view);
  if (locked !== undefined) return byStacks(view, locked);
  return byVersion(view, bugs) ?? inOrder(view);
}

function subjects(view: CaseView): readonly EntityId[] {
  return kubeletComponent(view)?.about.slice(0, 1) ?? [entityId.component('kubelet', null)];
}

function known(view: CaseView, sight: BugSight): Assessment {
  const { bug, traces } = sight;
  return held({
    status: 'confirmed',
    ...weigh('hangAlone'),
    subjects: subjects(view),
    evidence: [...versionEvidence(sight), ...traces],
    summary: say(
      `The kubelet has met a known bug: ${bug.title.en}. To be rid of it, ${bug.advice.en}.`,
      `kubelet 触发了已知缺陷：${bug.title.zh}。解决办法：${bug.advice.zh}。`,
    ),
  });
}

function panicked(view: CaseView): Assessment {
  const lines = freshSignals(view, 'kubelet-panicked').filter((o) => o.fact.log === 'kubelet');
  const healthy = view.all('kubelet-healthz').some((o) => o.fact.outcome === 'ok');
  const ended = freshSignals(view, 'unit-failed').length > 0 || freshReady(view)?.fact.status === 'Unknown';
  const likely = !healthy && (ended || lines.length >= OFTEN || view.all('component').length === 0);
  return held({
    status: likely ? 'likely' : 'possible',
    ...weigh(likely ? (ended ? 'heldProcess' : 'recentLog') : 'hint'),
    subjects: subjects(view),
    evidence: lines.slice(-3).map((o) => quoteLine(view, o)),
    against: view
      .all('kubelet-healthz')
      .filter((o) => o.fact.outcome === 'ok')
      .map(quoteHealth),
    missing: versionsOf(view, 'kubelet').length > 0 ? [] : [missing('kubelet', view)],
    summary: say(
      `The kubelet panicked ${count(lines.length, 'time')} in the last 10 minutes.`,
      `kubelet 在最近 10 分钟内 panic 了 ${lines.length} 次。`,
    ),
  });
}

function byStacks(view: CaseView, locked: LockSight): Assessment {
  const hang = engines(view).some((e) => e.hung.length > 0);
  const excused = locked.forOthers.length > 0 || hang;
  const minutes = locked.waiters[0]?.fact.minutes ?? 0;
  const n = waiting(locked);
  return held({
    status: excused ? 'possible' : 'likely',
    ...weigh(excused ? 'hint' : 'circumstantial'),
    subjects: subjects(view),
    evidence: lockEvidence(locked),
    missing: versionsOf(view, 'kubelet').length > 0 ? [] : [missing('kubelet', view)],
    summary: say(
      `Inside the kubelet ${count(n, 'goroutine')} ${n === 1 ? 'has' : 'have'} waited for a lock for up to ${minutes} min${excused ? ', held on behalf of a call that does not come back' : ''}.`,
      `kubelet 内部有 ${n} 个 goroutine 等锁，最久 ${minutes} 分钟${excused ? '，持锁者在等一个没有返回的调用' : ''}。`,
    ),
  });
}

/** A version alone, where Ready is lost. */
function byVersion(view: CaseView, bugs: readonly BugSight[]): Assessment | null {
  const sight = bugs.find((b) => b.version !== null);
  const lost = (freshReady(view)?.fact.status ?? 'True') !== 'True';
  if (sight === undefined || !lost) return null;
  return held({
    status: 'possible',
    ...weigh('versionOnly'),
    subjects: subjects(view),
    evidence: versionEvidence(sight),
    missing: [missing('kubelet-log', view)],
    summary: say(
      `This version has a known bug: ${sight.bug.title.en}. Nothing seen here shows it at work.`,
      `该版本存在已知缺陷：${sight.bug.title.zh}。现有证据没有显示它在起作用。`,
    ),
  });
}

function inOrder(view: CaseView): Assessment {
  const ok = view.all('kubelet-healthz').filter((o) => o.fact.outcome === 'ok');
  const against = [
    ...ok.map((o) => cite(o, say('The kubelet’s health check answers ok.', 'kubelet 的健康检查返回 ok。'))),
    ...noKubeletHere(view),
  ];
  return notSeen(against, against.length > 0 ? [] : [missing('kubelet-log', view)]);
}
