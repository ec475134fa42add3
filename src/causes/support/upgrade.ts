import { joinTexts } from '../../text/text.ts';
import type { Remedy } from '../cause.ts';
import type { BugSight } from './known-bugs.ts';
import { say } from './say.ts';

/** The way out of a known bug. It is advised as what works only where both version and traces were seen. */
export function upgradeFor({ bug, version, traces }: BugSight): Remedy {
  const agree = version !== null && traces.length > 0;
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
