import { defineConfig } from 'rolldown';

// Everything in one folder, dependencies too: an installed notready starts from few files. `reader-child` is an entry
// of its own, since it is run as a child; it is looked for beside the running code.
export default defineConfig({
  input: { main: 'src/cli/main.ts', 'reader-child': 'src/host/reader-child.ts' },
  platform: 'node',
  output: {
    dir: 'dist',
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name]-[hash].mjs',
    cleanDir: true,
    minify: false,
  },
});
