import type { CaseView } from '../evidence/view.ts';
import type { Episode } from './episode.ts';
import { moment } from './make.ts';

/** When the daemons that run here were started. */
export function daemonStarts(view: CaseView): readonly Episode[] {
  return view.all('component').flatMap((o): Episode[] => {
    const { name, startedAt } = o.fact;
    if (startedAt === null || startedAt > view.now) return [];
    const start = { id: o.id, at: startedAt };
    return [
      name === 'kubelet' ? moment('kubelet-started', start) : moment('runtime-started', start, { subject: name }),
    ];
  });
}

/** The API server as this node reached it, or not, just now. */
export function apiServerNow(view: CaseView): readonly Episode[] {
  return view.all('api-server').flatMap((o): Episode[] => {
    const { outcome, server, askedWith, tookMs } = o.fact;
    if (outcome === 'ok' || askedWith !== 'kubelet-kubeconfig') return [];
    const from = o.at - Math.max(0, tookMs);
    return [moment('api-unreachable', o, { from, to: view.now, ended: 'going-on', subject: server })];
  });
}
