import { BlockList, isIP } from 'node:net';

type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that say which proxy to take. */
export const PROXY_VARIABLES = [
  'HTTPS_PROXY',
  'https_proxy',
  'HTTP_PROXY',
  'http_proxy',
  'NO_PROXY',
  'no_proxy',
] as const;

/**
 * The proxy on the way to a server, by the environment; null for none. Node.js' own reading of NO_PROXY knows no CIDR,
 * by which clusters are usually left out.
 * Source: golang.org/x/net/http/httpproxy, which kubectl and the kubelet use.
 * @param server `https://10.0.0.1:6443`
 */
export function proxyFor(server: string, env: Environment): string | null {
  const url = URL.parse(server);
  if (url === null) return null;
  const secure = url.protocol === 'https:';
  const proxy = secure ? (env.HTTPS_PROXY ?? env.https_proxy) : (env.HTTP_PROXY ?? env.http_proxy);
  if (!proxy || isBypassed(url, env.NO_PROXY ?? env.no_proxy ?? '')) return null;
  const whole = proxy.includes('://') ? proxy : `http://${proxy}`;
  return /^https?:\/\//.test(whole) ? whole : null;
}

function isBypassed({ hostname, port, protocol }: URL, list: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || (isIP(host) === 4 && host.startsWith('127.')) || host === '::1') return true;
  const own = port || (protocol === 'https:' ? '443' : '80');
  return list
    .split(',')
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => entry !== '' && matches(entry, host, own));
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  if (entry.includes('/')) return inRange(entry, host);
  const [, name = '', wanted] = /^\[?([^\]]*?)\]?(?::(\d+))?$/.exec(entry) ?? [];
  if (isIP(entry) !== 0) return entry === host;
  if (wanted !== undefined && wanted !== port) return false;
  const domain = name.replace(/^\*?\./, '');
  // `example.com` is meant with all below it, `.example.com` for those below it only.
  return host.endsWith(`.${domain}`) || (host === domain && domain === name);
}

function inRange(cidr: string, host: string): boolean {
  const [net = '', bits = ''] = cidr.split('/');
  const family = isIP(net);
  const length = Number(bits);
  if (family === 0 || family !== isIP(host) || !/^\d{1,3}$/.test(bits) || length > (family === 4 ? 32 : 128))
    return false;
  const range = new BlockList();
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  range.addSubnet(net, length, kind);
  return range.check(host, kind);
}
