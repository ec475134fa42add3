import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { fakeDocker } from '../../test/support/fake-docker.ts';
import { inTerminal } from '../../test/support/in-terminal.ts';
import { runCli } from '../../test/support/run-cli.ts';
import { watchProcess } from '../../test/support/watch-process.ts';

const UID = '0aec2b7c-8d0b-4e6a-9f3c-2f6d1f1d7a11';

/** A dockerd with one pod, whose container can be made to end, or to hang. */
async function onePod(t: TestContext): Promise<{ socket: string; say: { state: string; hangs: boolean } }> {
  const say = { state: 'running', hangs: false };
  const socket = await fakeDocker(t, (path) => {
    if (path === '/version') return { json: { Version: '20.10', ApiVersion: '1.41' } };
    if (path.startsWith('/containers/json')) {
      return { json: [{ Id: 'c1', Names: [`/k8s_main_web-0_prod_${UID}_0`], State: say.state, Labels: {} }] };
    }
    if (say.hangs) return 'hang';
    const State = { Status: say.state, Pid: 1, ExitCode: 0, StartedAt: '', FinishedAt: '' };
    return { json: { Id: 'c1', Name: `/k8s_main_web-0_prod_${UID}_0`, Config: { Labels: {} }, State } };
  });
  return { socket, say };
}

const ENTERED = '\x1b[?1049h';
const LEFT = '\x1b[?25h\x1b[?1049l';
const COLOURS = ['\x1b[31', '\x1b[32m', '\x1b[33m', '\x1b[36m'];

test('piped, it says what happens line by line, each as the schema has it', async (t) => {
  const { socket, say } = await onePod(t);
  const watch = watchProcess(t, ['--runtime-endpoint', socket, '--period', '500ms']);
  await watch.untilLine('status', (l) => l.containers === 1 && l.ours.ready === 'True');
  say.state = 'exited';
  await watch.untilLine('event', (l) => l.event === 'ContainerDied' && l.container.pod.name === 'web-0');
  say.hangs = true;
  say.state = 'running';
  const { from, to } = await watch.untilLine('hung', (l) => l.container.id === 'c1');
  assert.deepEqual([from, to], ['exited', 'running']);
  assert.equal(watch.lines[0]?.type, 'watching');
  assert.deepEqual(
    watch.lines.flatMap((l) => (l.type === 'event' ? [l.event] : [])),
    ['ContainerDied'],
  );
  assert.equal(await watch.end(), 143);
});

for (const [how, code] of [
  ['q', 0],
  ['Ctrl-C', 130],
  ['SIGTERM', 143],
  ['its time', 0],
] as const) {
  test(`in a terminal it ends at ${how}, with ${code}, and leaves the terminal as it was`, async (t) => {
    const { socket } = await onePod(t);
    const time = how === 'its time' ? ['--for', '1s'] : [];
    const terminal = inTerminal(t, ['watch', '--runtime-endpoint', socket, ...time]);
    await terminal.untilWritten(/q quit/);
    if (how === 'q') terminal.press('q');
    if (how === 'Ctrl-C') terminal.press('\x03');
    if (how === 'SIGTERM') terminal.signal('SIGTERM');
    assert.equal(await terminal.exitCode, code);
    const written = terminal.written();
    assert.ok(written.includes(ENTERED) && written.trimEnd().endsWith(LEFT), written.slice(-200));
    assert.ok(!COLOURS.some((colour) => written.includes(colour)));
  });
}

test('keys in a terminal: pause, and the detail of a container', async (t) => {
  const { socket, say } = await onePod(t);
  const terminal = inTerminal(t, ['watch', '--runtime-endpoint', socket]);
  await terminal.untilWritten(/1 in 1 pod;/);
  say.hangs = true;
  say.state = 'exited';
  await terminal.untilWritten(/Containers: 1 hung/);
  terminal.press('\r');
  await terminal.untilWritten(/Kept back +running → exited/);
  terminal.press(' ');
  await terminal.untilWritten(/\[paused\]/);
  terminal.press('q');
  assert.equal(await terminal.exitCode, 0);
});

test('what cannot be watched is said in a line, with what to do', () => {
  const wrong = runCli(['watch', '--period', '1ms']);
  assert.deepEqual([wrong.code, wrong.stderr], [2, 'notready: --period "1ms": must be from 500ms to 1m\n']);
  const gone = runCli(['watch', '--runtime-endpoint', '/nowhere/docker.sock']);
  assert.equal(gone.code, 3);
  assert.match(gone.stderr, /^notready: \/nowhere\/docker\.sock is not there\n {2}name one: --runtime-endpoint/);
  const piped = runCli(['watch', '-o', 'terminal']);
  assert.equal(piped.code, 2);
  assert.match(piped.stderr, /the output is not a terminal\n.*-o lines or -o json/);
});
