import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { READY, type ReaderReply, type ReaderRequest } from './reader-protocol.ts';

// Small: the child holds one answer at a time.
const CHILD_FLAGS = ['--max-old-space-size=64', '--max-semi-space-size=1', '--v8-pool-size=1', '--no-warnings'];

export interface LaneListener {
  onReady(): void;
  /** All replies that one chunk of output held, in order. */
  onReplies(replies: readonly ReaderReply[]): void;
  /** The child is gone, or could not be started. @param reason an errno name or `CRASHED` */
  onEnd(reason: string): void;
}

/** One disposable child and the pipe to it. It never keeps the parent alive: whoever waits holds a timer. */
export class ReaderLane {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #listener: LaneListener;
  #partial: string[] = [];
  #ended = false;

  /** @param entry path of the child's module */
  constructor(entry: string, listener: LaneListener) {
    this.#listener = listener;
    this.#child = spawn(process.execPath, [...CHILD_FLAGS, entry], {
      // Not the caller's: it may lie on the filesystem that hangs.
      cwd: '/',
      env: {},
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const { stdin, stdout } = this.#child;
    this.#child.on('error', (error: NodeJS.ErrnoException) => this.#end(error.code ?? 'CRASHED'));
    // Not 'exit': by 'close' the last answers have been taken in.
    this.#child.on('close', () => this.#end('CRASHED'));
    // A write to a child that just died: its end is reported by 'close'.
    stdin.on('error', () => this.#child.kill('SIGKILL'));
    stdout.setEncoding('utf8');
    stdout.on('data', (text: string) => this.#receive(text));
    this.#unref();
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get ended(): boolean {
    return this.#ended;
  }

  send(requests: readonly ReaderRequest[]): void {
    if (this.#ended || requests.length === 0) return;
    this.#child.stdin.write(requests.map((r) => `${JSON.stringify(r)}\n`).join(''));
  }

  /** Kills the child and lets go of it: one in uninterruptible sleep stays behind until the kernel lets it go. */
  kill(): void {
    this.#child.kill('SIGKILL');
    this.#child.stdin.destroy();
    this.#child.stdout.destroy();
  }

  #receive(text: string): void {
    const lines = text.split('\n');
    const last = lines.pop() ?? '';
    const replies: ReaderReply[] = [];
    for (const line of lines) {
      const whole = this.#partial.length > 0 ? this.#partial.join('') + line : line;
      this.#partial = [];
      if (whole === READY) this.#listener.onReady();
      else replies.push(JSON.parse(whole) as ReaderReply);
    }
    if (last !== '') this.#partial.push(last);
    if (replies.length > 0) this.#listener.onReplies(replies);
  }

  #end(reason: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#listener.onEnd(reason);
  }

  #unref(): void {
    this.#child.unref();
    for (const stream of [this.#child.stdin, this.#child.stdout]) {
      if ('unref' in stream && typeof stream.unref === 'function') stream.unref();
    }
  }
}
