// What CI asks beside the tests: lint, types, a build (made by `prepare`) that starts, and a first command that works from the checkout.
import { prepare, run } from './setup.mjs';

const node = prepare();
const steps = [
  ['npm', ['run', '--silent', 'lint']],
  ['npm', ['run', '--silent', 'types']],
  [node, ['dist/main.mjs', '--version']],
  ['npm', ['start', '--silent']],
];
for (const [program, args] of steps) {
  process.stdout.write(`check: ${[program, ...args].join(' ')}\n`);
  const code = run(program, args);
  if (code !== 0) {
    process.stderr.write(`check: ended with ${code}\n`);
    process.exit(1);
  }
}
