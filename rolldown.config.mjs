import { defineConfig } from 'rolldown';
import { notices } from './scripts/notices.mjs';

// Everything in one folder, dependencies too: an installed notready starts from few files. `reader-child` and
// `bundle-writer` are entries of their own, since they are run as children; they are looked for beside the running code.
// `pleg` is the library `notready/pleg`.
export default defineConfig({
  input: {
    main: 'src/cli/main.ts',
    'reader-child': 'src/host/reader-child.ts',
    'bundle-writer': 'src/cli/bundle-writer.ts',
    pleg: 'src/pleg/index.ts',
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
