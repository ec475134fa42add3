import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HttpAnswer, HttpGet } from '../../probes/kubelet/http-get.ts';
import type { News } from '../model/news.ts';
import { watchKubeletMetrics } from './kubelet-metrics.ts';

const METRICS = `kubelet_pleg_last_seen_seconds 1.7e+09
kubelet_pleg_relist_duration_seconds_count 50
kubelet_pleg_relist_duration_seconds_sum 2.5
kubernetes_build_info{git_version="v1.20.2"} 1
`;

/** Looks once. @param answers of the places, in order; null: no answer by the deadline */
async function look(answers: readonly (HttpAnswer | null)[]): Promise<{ news: News; asked: number }> {
  let asked = 0;
  const get =
    (answer: HttpAnswer | null): HttpGet =>
    async (_, { deadlineMs }) => {
      asked += 1;
      const times = { tookMs: 1, deadlineMs };
      return answer === null
        ? { outcome: 'timeout', code: 'DEADLINE_EXCEEDED', message: 'no answer within 3.0 s', ...times }
        : { outcome: 'ok', value: answer, ...times };
    };
  const told = Promise.withResolvers<News>();
  const running = watchKubeletMetrics(async function* places(hung) {
    for (const [i, answer] of answers.entries()) {
      if (!hung()) yield { url: `https://k/${i}`, command: '', get: get(answer) };
    }
  }, told.resolve);
  const news = await told.promise;
  running.stop();
  return { news, asked };
}

test('the first place that lets us in tells the stamp, the relists and the version', async () => {
  const { news, asked } = await look([
    { status: 403, body: '' },
    { status: 200, body: METRICS },
    { status: 200, body: METRICS },
  ]);
  assert.ok(news.type === 'kubelet');
  assert.equal(asked, 2);
  assert.equal(news.look.version, 'v1.20.2');
  assert.deepEqual(news.look.relists, { count: 50, totalMs: 2500 });
  assert.ok(Math.abs((news.look.lastSeenAt ?? 0) - 1.7e12) < 60_000);
});

test('why they are not had is said by the last place; one that hangs is not asked again', async () => {
  const refused = await look([
    { status: 401, body: '' },
    { status: 200, body: 'up 1\n' },
  ]);
  assert.ok(refused.news.type === 'source');
  assert.equal(refused.news.missing, 'https://k/1: no metrics of a kubelet');
  const hung = await look([null, { status: 200, body: METRICS }]);
  assert.ok(hung.news.type === 'source');
  assert.deepEqual([hung.news.missing, hung.asked], ['https://k/0: no answer within 3.0 s', 1]);
  const none = await look([]);
  assert.ok(none.news.type === 'source' && none.news.missing === 'no port of it is open for them');
});
