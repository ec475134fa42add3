import { spawn } from 'node:child_process';
import { LabError } from '../errors.ts';
import { labEnvironment, type Ran, run } from '../run.ts';

const DEADLINE_MS = 30_000;

/** The real kubectl, with one kubeconfig. */
export class Kubectl {
  readonly program: string;
  readonly kubeconfig: string;

  constructor(program: string, kubeconfig: string) {
    this.program = program;
    this.kubeconfig = kubeconfig;
  }

  /** Never throws. */
  run(args: readonly string[], timeoutMs = DEADLINE_MS): Promise<Ran> {
    return run([this.program, ...this.#own(), ...args], { timeoutMs });
  }

  /** Status of a node's condition Ready, on standard output. Never throws. */
  ready(node: string, timeoutMs = DEADLINE_MS): Promise<Ran> {
    const path = "jsonpath={.status.conditions[?(@.type=='Ready')].status}";
    return this.run(['get', 'node', node, '-o', path], timeoutMs);
  }

  /** @throws LabError with kubectl's last words */
  async do(...args: readonly string[]): Promise<string> {
    const ran = await this.run(args);
    if (ran.code === 0) return ran.stdout;
    throw failed(args.join(' '), ran.stderr);
  }

  /** An object or a list, as the API server has it. */
  async get<T>(...args: readonly string[]): Promise<T> {
    return JSON.parse(await this.do('get', ...args, '-o', 'json')) as T;
  }

  /** Creates or updates objects. @returns what came of them */
  apply<T>(object: unknown): Promise<T> {
    const argv = [...this.#own(), 'apply', '-o', 'json', '-f', '-'];
    return new Promise((resolve, reject) => {
      const child = spawn(this.program, argv, { env: labEnvironment(), timeout: DEADLINE_MS, killSignal: 'SIGKILL' });
      let [out, err] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        err += text;
      });
      child.on('error', reject);
      child.on('close', (code) => {
        if (code === 0) resolve(JSON.parse(out) as T);
        else reject(failed('apply', err));
      });
      child.stdin.end(JSON.stringify(object));
    });
  }

  /** Its cache too stays in the lab: by default it goes to the user's home, or where there is none, to where one stands. */
  #own(): string[] {
    return [`--kubeconfig=${this.kubeconfig}`, `--cache-dir=${this.kubeconfig}.cache`];
  }
}

function failed(what: string, stderr: string): LabError {
  const words = stderr.trim().split('\n').slice(-3).join(' ');
  return new LabError({ en: `kubectl ${what}: ${words}`, zh: `kubectl ${what}：${words}` });
}
