// Performs the acts given as JSON, one after the other, with whatever rights this process has, and prints the outcomes.
import { createLinuxHost } from '../../src/host/linux-host.ts';
import type { HostAct } from '../../src/remedy/act.ts';
import { createHostActor, linuxActorDeps } from '../../src/remedy/host/index.ts';
import type { Outcome } from '../../src/remedy/outcome.ts';

const host = createLinuxHost();
const actor = createHostActor(linuxActorDeps(host));
const outcomes: Outcome[] = [];
for (const act of JSON.parse(process.argv[2] ?? '[]') as HostAct[]) {
  const signal = new AbortController().signal;
  outcomes.push(await actor.perform(act, { signal, deadlineMs: 5000, onProgress: () => undefined }));
}
host.files.close();
console.log(JSON.stringify(outcomes));
