import type { ReaderOperation } from './reader-protocol.ts';

// Files of /proc/PID that need the process's memory map: where one hangs on mmap_lock, the others do too
// (fs/proc/base.c, fs/proc/task_mmu.c).
const MEMORY_FILES = /^(?:cmdline|environ|maps|smaps|smaps_rollup|numa_maps|pagemap|auxv)$/;
const PROCESS_FILE = /^(.*?\/\d+)(?:\/task\/\d+)?\/([\w]+)$/;

/** Paths on which a read has hung, so that the next one there is refused at once instead of costing another child. */
export class StuckPaths {
  readonly #paths = new Set<string>();

  get empty(): boolean {
    return this.#paths.size === 0;
  }

  add(operation: ReaderOperation): void {
    if (operation.op !== 'run') this.#paths.add(hazardOf(operation.path));
  }

  /** Whether an operation would go where one hangs already: the same path, one below it, or the same memory map. */
  holds(operation: ReaderOperation): boolean {
    if (this.empty || operation.op === 'run') return false;
    const hazard = hazardOf(operation.path);
    if (this.#paths.has(hazard)) return true;
    for (let end = hazard.lastIndexOf('/'); end > 0; end = hazard.lastIndexOf('/', end - 1)) {
      if (this.#paths.has(hazard.slice(0, end))) return true;
    }
    return false;
  }
}

function hazardOf(path: string): string {
  const [, process, file] = PROCESS_FILE.exec(path) ?? [];
  if (process !== undefined && file !== undefined && MEMORY_FILES.test(file)) return `${process}/memory-map`;
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
