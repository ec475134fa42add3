/** The source that the lab's Kubernetes is built from: Debian 12's source package `kubernetes`, main archive. */
export const SOURCE = {
  package: 'kubernetes',
  /** Debian's name of it: a step back from 1.20.5. Its revisions patch the packaging only, and are not used. */
  upstream: '1.20.5+really1.20.2',
  version: 'v1.20.2',
  /** The commit of the tag v1.20.2, as `kubectl version` gives it. */
  commit: 'faecb196815e248d3ecfb03c680a4507229c2a56',
  tarball: 'kubernetes_1.20.5+really1.20.2.orig.tar.gz',
  sha256: 'b83c0780efb182d928dc63d46488a847f161f04e40a94b96bf5247dd671ecdfc',
} as const;

/** Versions in what `apt-cache showsrc` prints; a package other than the one asked for can be in it. */
export function sourceVersions(showsrc: string): string[] {
  return showsrc.split(/\n\s*\n/).flatMap((stanza) => {
    const field = (name: string): string | undefined => new RegExp(`^${name}: *(.*)$`, 'm').exec(stanza)?.[1]?.trim();
    const version = field('Version');
    return field('Package') === SOURCE.package && version !== undefined ? [version] : [];
  });
}

/** The upstream part of a version, deb-version(7): `[epoch:]upstream[-revision]`. */
export function upstreamOf(version: string): string {
  return version.replace(/^\d+:/, '').replace(/-[^-]*$/, '');
}
