import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Lab } from '../../lab/lab.ts';
import { realTest } from '../support/real.ts';
import { runCli } from '../support/run-cli.ts';

const LINE =
  'E0413 10:53:52.844381 3263 kubelet.go:2874] "Container runtime network not ready" networkReady="NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized"\n';

realTest(
  'a log whose disk stops answering in its midst: it is said, the others count, and nothing waits',
  ['fuse'],
  async () => {
    const lab = new Lab();
    try {
      const { mountPoint } = await lab.fuse();
      const [hung, sound] = [join(mountPoint, 'stalls.log'), join(lab.workspace.folder, 'kubelet.log')];
      writeFileSync(sound, LINE);
      const { code, stdout, stderr } = runCli(['diagnose', '-o', 'json', '--logs', hung, sound]);
      assert.equal(code, 1, stderr);
      assert.equal(JSON.parse(stdout).verdict.cause, 'cni-not-ready');
      assert.match(stderr, /stalls\.log.*: its disk does not answer/);
    } finally {
      assert.deepEqual(await lab.close(), []);
    }
  },
);
