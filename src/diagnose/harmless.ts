import { isFresh } from '../causes/support/assessment.ts';
import { isPaused } from '../causes/support/kin.ts';
import { nameOf } from '../causes/support/names.ts';
import { listNames, say } from '../causes/support/say.ts';
import type { EntityId } from '../evidence/entity.ts';
import type { CaseView } from '../evidence/view.ts';
import type { Text } from '../text/text.ts';

/** What was seen and is no fault of the node, so that nobody takes it for one. */
export function harmless(view: CaseView): Text[] {
  return [...paused(view), ...crashLooping(view), ...imagePulls(view), ...cordoned(view)];
}

function paused(view: CaseView): Text[] {
  const ids = new Set(view.all('container').flatMap((o) => o.about.slice(0, 1)));
  const names = listNames([...ids].filter((c) => isPaused(view, c)).map((c) => nameOf(view, c)));
  if (names.en === '') return [];
  return [
    say(
      `Paused, which is no fault (its tasks show as D on cgroup v1): ${names.en}.`,
      `处于暂停状态，不算故障（cgroup v1 下其任务会显示为 D）：${names.zh}。`,
    ),
  ];
}

function crashLooping(view: CaseView): Text[] {
  const containers = view.all('container').filter((o) => o.fact.crashLooping);
  const byRuntime = new Set(containers.flatMap((o) => o.about.slice(0, 1)).map((c: EntityId) => nameOf(view, c)));
  // The API server tells the same of a container that the runtime was not asked about.
  const byApi = byRuntime.size > 0 ? [] : waiting(view, /^CrashLoopBackOff$/);
  const names = listNames([...byRuntime, ...byApi]);
  if (names.en === '') return [];
  return [
    say(
      `Crash-looping, which alone does not take Ready away: ${names.en}.`,
      `正在 crash loop，但这本身不会影响 Ready：${names.zh}。`,
    ),
  ];
}

function imagePulls(view: CaseView): Text[] {
  const pods = waiting(
    view,
    /^(?:ErrImagePull|ImagePullBackOff|ImageInspectError|InvalidImageName|RegistryUnavailable)$/,
  );
  const logged = view.all('log-signal').some((o) => o.fact.signal === 'image-pull-failed' && isFresh(view, o));
  if (pods.length === 0 && !logged) return [];
  const names = listNames([...new Set(pods)]);
  const [en, zh] = names.en === '' ? ['', ''] : [`: ${names.en}`, `：${names.zh}`];
  return [
    say(
      `Images cannot be pulled, which keeps those pods from starting and does not touch Ready${en}.`,
      `有镜像拉取失败，只影响相应的 Pod 启动，不影响 Ready${zh}。`,
    ),
  ];
}

function waiting(view: CaseView, reasons: RegExp): string[] {
  return view
    .all('pod-object')
    .flatMap(({ fact }) =>
      fact.waiting.filter((w) => reasons.test(w.reason)).map((w) => `${fact.namespace}/${fact.name}/${w.container}`),
    );
}

/** Somebody took the node out of service: `SchedulingDisabled` is no fault, and a drain takes its time. */
function cordoned(view: CaseView): Text[] {
  if (view.all('node-object').at(-1)?.fact.unschedulable !== true) return [];
  const leaving = view.all('pod-object').filter((o) => o.fact.deletionRequestedAt !== null);
  const names = listNames(leaving.map(({ fact }) => `${fact.namespace}/${fact.name}`));
  return leaving.length === 0
    ? [
        say(
          'The node is cordoned (SchedulingDisabled): new pods go elsewhere, Ready is not touched by that.',
          '节点已被 cordon（SchedulingDisabled）：新 Pod 会调度到别处，但不影响 Ready。',
        ),
      ]
    : [
        say(
          `The node is cordoned and being drained; still ending: ${names.en}. Neither touches Ready.`,
          `节点已被 cordon 并正在 drain，仍在终止的 Pod：${names.zh}。这些都不影响 Ready。`,
        ),
      ];
}
