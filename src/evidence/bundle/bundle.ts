export { packBundle } from './pack.ts';
export { type ReadBundleOptions, readBundle, readBundleFrom } from './read-bundle.ts';
export { writeBundle } from './write-bundle.ts';
