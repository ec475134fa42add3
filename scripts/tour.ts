// What `npm start` shows: a recorded incident from before its fault until after it, then this host, then where to go
// from here.
import { spawnSync } from 'node:child_process';
import { join, relative } from 'node:path';
import { COURSES } from '../lab/cluster/course/courses.ts';
import { lookFile } from '../lab/cluster/course/format.ts';
import { judgeCourse } from '../lab/cluster/course/judge.ts';
import { replay } from '../lab/cluster/course/replay.ts';
import { incident } from '../lab/cluster/scenarios/incident.ts';
import { chooseLanguage } from '../src/cli/language.ts';
import type { Text } from '../src/text/text.ts';

const INCIDENT: Text = {
  en: `1. A node that flaps: an incident on a real kubelet, recorded from before the fault until after it. Of three
   containers of a pod one crash-loops and one hangs. Ready over time, and what notready says meanwhile:
`,
  zh: `1. 反复抖动的节点：真实 kubelet 上的一次事故，从故障之前记录到故障之后。某个 Pod 的三个容器中，一个崩溃循环，
   一个卡住。Ready 随时间的变化，以及 notready 当时的结论：
`,
};
const WHOLE: Text = {
  en: '\n2. All that it says while the node is NotReady for the second time:',
  zh: '\n2. 节点第二次 NotReady 时的完整报告：',
};
const HERE: Text = { en: '\n3. This host, now (read-only):', zh: '\n3. 本机现状（只读）：' };
const NEXT: Text = {
  en: `
Next:
  bin/notready diagnose --verbose       every finding, where it was read and how to see it yourself
  bin/notready diagnose --bundle recordings/incident.tar.gz
                                        another incident: threads stuck on a filesystem that does not answer
  bin/notready collect -o node.tar.gz   save what was seen; diagnose it anywhere with --bundle
  bin/notready lab matrix               every fault that was ever recorded, and what notready says of it
  npm run demo                          an incident made for real on this machine, diagnosed and healed (root, Debian)
  npm test                              all tests`,
  zh: `
接下来：
  bin/notready diagnose --verbose       列出每项发现、出处以及自行查看的方法
  bin/notready diagnose --bundle recordings/incident.tar.gz
                                        另一起事故：线程卡在不响应的文件系统上
  bin/notready collect -o node.tar.gz   保存所见；可在任何地方用 --bundle 诊断
  bin/notready lab matrix               所有记录过的故障，以及 notready 的结论
  npm run demo                          在本机制造真实事故，诊断并恢复（需要 root、Debian）
  npm test                              全部测试`,
};

const lang = chooseLanguage([], process.env);
const folder = join(COURSES, incident.name);
const judged = await judgeCourse(incident, folder);
print(INCIDENT);
replay(judged, incident.truth.subjects, print);
print(WHOLE);
const lost = judged.looks.findLast((look) => look.ready === 'False') ?? judged.looks[0];
notready(['diagnose', '--bundle', relative('', join(folder, lookFile(lost?.name ?? 'during')))]);
print(HERE);
notready(['diagnose']);
print(NEXT);

/** Runs notready as a user would. Its codes 0 (nothing wrong) and 1 (a problem found) are both a success here. */
function notready(args: string[]): void {
  console.log(`\n$ bin/notready ${args.join(' ')}\n`);
  const { status, error } = spawnSync('bin/notready', args, { stdio: 'inherit' });
  if (error || status === null || status > 1) {
    console.error(error ? error.message : `notready ended with ${status}`);
    process.exit(3);
  }
}

function print(text: Text): void {
  console.log(text[lang]);
}
