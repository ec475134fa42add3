import { defineConfig } from 'rolldown';
import { notices } from './scripts/notices.mjs';

// Everything in one folder, dependencies too: an installed notready starts from few files. `reader-child`, `act-child`,
// `bundle-writer`, `logs-reader` and `scan-worker` are entries of their own, run as children and as a thread; they are
// looked for beside the running code. `pleg` is the library `notready/pleg`.
export default defineConfig({
  input: {
    main: 'src/cli/main.ts',
    'reader-child': 'src/host/reader-child.ts',
    'act-child': 'src/remedy/host/act-child.ts',
    'bundle-writer': 'src/cli/bundle-writer.ts',
    'logs-reader': 'src/cli/logs-reader.ts',
    pleg: 'src/pleg/index.ts',
    'scan-worker': 'src/logs/scan/scan-worker.ts',
  },
  platform: 'node',
  plugins: [notices()],
  output: {
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name]-[hash].mjs',
    cleanDir: true,
    minify: false,
  },
});
