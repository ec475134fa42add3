import type { Host } from '../../host/host.ts';

const MAX_LINKS = 12;

/**
 * An absolute path of the host with its symbolic links followed, as realpath(3) does, but hang-safe. A part that does
 * not exist or cannot be read is kept as it is written.
 */
export async function realPath(host: Host, path: string): Promise<string> {
  let done = '';
  let rest = path.split('/').filter(Boolean);
  for (let links = 0; rest.length > 0; ) {
    const [name = '', ...after] = rest;
    rest = after;
    if (name === '.') continue;
    if (name === '..') {
      done = done.slice(0, Math.max(done.lastIndexOf('/'), 0));
      continue;
    }
    const link = links < MAX_LINKS ? await host.files.readLink(host.path(`${done}/${name}`)) : null;
    if (!link?.ok) {
      done = `${done}/${name}`;
      continue;
    }
    links += 1;
    if (link.value.startsWith('/')) done = '';
    rest = [...link.value.split('/').filter(Boolean), ...rest];
  }
  return done || '/';
}
