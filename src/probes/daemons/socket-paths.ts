/**
 * Whether two paths name one socket, as far as can be told without looking: `/var/run` is a link to `/run`, and a
 * socket of another mount namespace is seen below /proc/PID/root.
 */
export function samePath(a: string, b: string): boolean {
  return plain(a) === plain(b);
}

function plain(path: string): string {
  return path.replace(/^\/proc\/\d+\/root(?=\/)/, '').replace(/^\/var\/run\//, '/run/');
}
