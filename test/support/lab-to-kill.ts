// Run as a process of its own by the tests of undoing: makes a frozen filesystem with a zombie on it, says where, and
// waits for its end.
import { Lab } from '../../lab/lab.ts';
import { frozenFilesystem } from '../../lab/scenarios/frozen-filesystem.ts';
import { endOnSignals } from '../../lab/signals.ts';

const lab = new Lab();
endOnSignals(lab, () => undefined);
const staged = await frozenFilesystem.run(lab);
const [pid] = staged.subjects.find((s) => s.kind === 'process')?.anyOf ?? [];
process.stdout.write(`${JSON.stringify({ folder: lab.folder, pid })}\n`);
setInterval(() => undefined, 60_000);
