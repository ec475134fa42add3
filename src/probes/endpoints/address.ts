/** A socket as users and settings write it, or why it cannot be one. */
export type EndpointAddress =
  | { readonly ok: true; readonly path: string }
  | { readonly ok: false; readonly why: 'empty' | 'not-unix' | 'not-absolute' };

/**
 * Reads a runtime endpoint: `unix:///run/docker.sock` or a bare absolute path. Runtimes of this host are reached by unix
 * sockets only, so `tcp://`, `ssh://` and the like are refused.
 */
export function parseEndpointAddress(text: string): EndpointAddress {
  const trimmed = text.trim();
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(trimmed)?.[1]?.toLowerCase();
  if (trimmed === '') return { ok: false, why: 'empty' };
  if (scheme !== undefined && scheme !== 'unix') return { ok: false, why: 'not-unix' };
  const path = scheme === 'unix' ? trimmed.slice('unix:'.length).replace(/^\/\//, '') : trimmed;
  if (!path.startsWith('/') || path.includes('\0')) return { ok: false, why: 'not-absolute' };
  return { ok: true, path: path.replace(/\/{2,}/g, '/') };
}

/** The one spelling of an endpoint in facts and ids. */
export function endpointUrl(path: string): string {
  return `unix://${path}`;
}
