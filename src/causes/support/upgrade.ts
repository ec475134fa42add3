import { joinTexts } from '../../text/text.ts';
import type { Remedy } from '../cause.ts';
import type { BugSight } from './known-bugs.ts';
import { say } from './say.ts';

/** Of bugs that may be at work, so many are named. */
const MOST = 2;

/** The way out of known bugs: of those that version and traces prove; where they prove none, of those that may be. */
export function upgradesFor(sights: readonly BugSight[]): readonly Remedy[] {
  const proven = sights.filter(isProven);
  return (proven.length > 0 ? proven : sights.slice(0, MOST)).map(upgradeFor);
}

function isProven({ version, traces }: BugSight): boolean {
  return version !== null && traces.length > 0;
}

/** It is said to work only where both version and traces were seen. */
function upgradeFor(sight: BugSight): Remedy {
  const { bug, version } = sight;
  const agree = isProven(sight);
  const { en, zh } = bug.advice;
  return {
    action: `upgrade-${bug.component}`,
    title: say(en.charAt(0).toUpperCase() + en.slice(1), zh),
    works: agree,
    why: joinTexts(
      [
        say(
          `Known bug: ${bug.title.en} (${bug.reference.where}).`,
          `已知缺陷：${bug.title.zh}（${bug.reference.where}）。`,
        ),
        ...(agree ? [] : [doubt(version === null)]),
      ],
      say(' ', ''),
    ),
    command: null,
    risk: say('An upgrade like any other; drain the node first.', '风险与常规升级相同，请先 drain 节点。'),
  };
}

function doubt(versionUnknown: boolean) {
  return versionUnknown
    ? say('The version was not seen: look first.', '尚不知道版本，请先确认。')
    : say(
        'The version has it, but nothing seen here proves that it is at work.',
        '版本受影响，但现有证据不能证明就是它。',
      );
}
