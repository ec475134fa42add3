import type { HungContainer } from '../../pleg/hang-proof/tracked-container.ts';
import type { ContainerRef, ShimLook } from '../model/news.ts';
import type { SlowContainer, WatchState } from '../model/state.ts';

/** A line of the list of containers. `shim`: undefined while it was not looked at. */
export type ContainerRow =
  | { readonly kind: 'hung'; readonly container: HungContainer; readonly shim: ShimLook | null | undefined }
  | { readonly kind: 'slow'; readonly container: ContainerRef; readonly slow: SlowContainer };

/** Hung ones first, longest first; then the slowest of the last minutes. */
export function containerRows({ ours, slow, shims }: WatchState): readonly ContainerRow[] {
  const hung = ours?.hung ?? [];
  return [
    ...hung.map((container): ContainerRow => ({ kind: 'hung', container, shim: shims.get(container.id) })),
    ...[...slow.values()]
      .filter((s) => !hung.some((h) => h.id === s.container.id))
      .map((s): ContainerRow => ({ kind: 'slow', container: s.container, slow: s })),
  ];
}
