import { followApiServer } from './follow-api-server.ts';
import { followKubelet } from './follow-kubelet.ts';
import { followOurs } from './follow-ours.ts';
import { followRelist } from './follow-relist.ts';
import { followShims } from './follow-shims.ts';
import { followSource } from './follow-source.ts';
import type { News } from './news.ts';
import { KEPT, type WatchState } from './state.ts';
import type { Step } from './step.ts';

/** What a piece of news makes of the state, and what of it is worth a line. */
export function reduce(state: WatchState, news: News): Step {
  const step = follow(state, news);
  if (step.changes.length === 0) return step;
  const changes = [...step.state.changes, ...step.changes].slice(-KEPT.changes);
  return { state: { ...step.state, changes }, changes: step.changes };
}

function follow(state: WatchState, news: News): Step {
  const { at } = news;
  switch (news.type) {
    case 'relist':
      return followRelist(state, news.record, news.nameOf, at);
    case 'event':
      return { state, changes: [{ type: 'event', at, event: news.event, container: news.container }] };
    case 'ours':
      return followOurs(state, news.look, at);
    case 'kubelet':
      return followKubelet(state, news.look, at);
    case 'api-server':
      return followApiServer(state, news.look, at);
    case 'shims':
      return followShims(state, news.shims, at);
    case 'source':
      return followSource(state, news.source, news.missing, at);
  }
}
