// What `npm start` shows: a recorded incident through the diagnosis, then this host, then where to go from here.
import { spawnSync } from 'node:child_process';

const RECORDING = 'recordings/incident.tar.gz';

/** Runs notready as a user would. Its codes 0 (nothing wrong) and 1 (a problem found) are both a success here. */
function notready(args: string[]): void {
  console.log(`\n$ bin/notready ${args.join(' ')}\n`);
  const { status, error } = spawnSync('bin/notready', args, { stdio: 'inherit' });
  if (error || status === null || status > 1) {
    console.error(error ? error.message : `notready ended with ${status}`);
    process.exit(3);
  }
}

console.log(
  '1. A real incident, recorded on a host whose dockerd ran a container on a filesystem that stopped answering:',
);
notready(['diagnose', '--bundle', RECORDING]);
console.log('\n2. This host, now (read-only):');
notready(['diagnose']);
console.log(`
Next:
  bin/notready diagnose --verbose       every finding, where it was read and how to see it yourself
  bin/notready collect -o node.tar.gz   save what was seen; diagnose it anywhere with --bundle
  bin/notready explain storage-unresponsive
  npm run demo                          the incident made for real on this machine, diagnosed and healed (root, Debian)
  npm test                              all tests`);
