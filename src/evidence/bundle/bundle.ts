export { packBundle } from './pack.ts';
export { type ReadBundleOptions, readBundle } from './read-bundle.ts';
export { refuseToOverwrite, writeBundle } from './write-bundle.ts';
