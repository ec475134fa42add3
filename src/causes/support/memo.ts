import type { CaseView } from '../../evidence/view.ts';

/** Remembers what a pure function found in a case, for several causes ask the same. */
export function memoised<T>(find: (view: CaseView) => T): (view: CaseView) => T {
  const known = new WeakMap<CaseView, { readonly found: T }>();
  return (view) => {
    const cached = known.get(view);
    if (cached) return cached.found;
    const found = find(view);
    known.set(view, { found });
    return found;
  };
}
