import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LANGS } from '../../text/text.ts';
import { CAUSE_SLUGS } from '../slugs.ts';
import { KNOWN_BUGS } from './index.ts';
import type { BugComponent } from './known-bug.ts';
import { compareVersions, isAffected } from './versions.ts';

const THREAD: Readonly<Record<BugComponent, RegExp>> = {
  kubelet: /^kubernetes-/,
  dockerd: /^moby-/,
  containerd: /^containerd-/,
  crio: /^crio-/,
  runc: /^runc-/,
  systemd: /^systemd-/,
  kernel: /^(?:kernel|linux|lp|moby|kubernetes|amazon-eks-ami|rhel)-/,
};

for (const bug of KNOWN_BUGS) {
  test(`known bug ${bug.id}: what it says has its form`, () => {
    assert.match(bug.id, /^[a-z]+(?:-[a-z]+)*-[\w.]+$/);
    assert.match(bug.id, THREAD[bug.component]);
    assert.ok(CAUSE_SLUGS.includes(bug.cause));
    assert.match(bug.reference.where, /^https:\/\/|\S+ @ \S+/);
    assert.notEqual(bug.reference.title, '');
    assert.ok(bug.affected.length > 0);
    for (const { since, fixedIn } of bug.affected) {
      assert.ok(since !== null || fixedIn !== null, 'all versions there are have no such bug');
      if (since !== null && fixedIn !== null) assert.ok(compareVersions(since, fixedIn) < 0);
    }
    for (const lang of LANGS) {
      assert.doesNotMatch(bug.title[lang], /[.。]$/, 'stands within a sentence');
      assert.doesNotMatch(bug.advice[lang], /[.。]$/, 'stands within a sentence');
    }
    for (const telltale of bug.telltales) {
      const parts =
        telltale.kind === 'stack' ? telltale.frames : telltale.kind === 'kernel-stack' ? telltale.functions : ['x'];
      assert.ok(parts.length > 0 && parts.every((part) => part.length > 0));
    }
  });
}

test('each bug stands in the table once', () => {
  const ids = KNOWN_BUGS.map((b) => b.id);
  assert.deepEqual(ids, [...new Set(ids)]);
});

test('versions of Kubernetes, runtimes and kernels in order', () => {
  const ordered = [
    '1.0.0-rc92',
    '1.0.0~rc93-0ubuntu1~20.04.1',
    'v1.0.0-rc94+dev',
    '1.0.0',
    'v1.12.6-aliyun.1',
    '1.13.0',
    '4.15.0-1036-azure',
    '4.15.0-1040-azure',
    '5.4.219-126.411.amzn2.x86_64',
    '17.12.1-ce',
    '18.09.8',
    '20.10.24+dfsg1',
    '237',
    '242',
  ];
  for (const [i, version] of ordered.entries()) {
    const next = ordered[i + 1];
    if (next !== undefined) assert.ok(compareVersions(version, next) < 0, `${version} before ${next}`);
    assert.equal(compareVersions(version, version), 0);
  }
});

test('affected: from the first version with it to before the first without, and only builds of its kind', () => {
  const range = [{ since: '1.7.3', fixedIn: '1.7.8' }];
  assert.deepEqual(
    ['1.7.2', '1.7.3', 'v1.7.7', '1.7.8', '2.0.0'].map((v) => isAffected(v, range)),
    [false, true, true, false, false],
  );
  const azure = [{ since: null, fixedIn: '4.15.0-1040', build: /-azure$/ }];
  assert.equal(isAffected('4.15.0-1036-azure', azure), true);
  assert.equal(isAffected('4.15.0-42-generic', azure), false);
  assert.equal(
    isAffected('05f951a3781f4f2c1911b05e61c160e9c30eaa8e', [{ since: '1', fixedIn: null }]),
    false,
    'a commit',
  );
});

test('no text makes comparing throw, and comparing both ways agrees', () => {
  const version = fc.oneof(fc.string(), fc.stringMatching(/^v?\d{1,3}(\.\d{1,3}){0,3}(-rc\d{1,2})?$/));
  fc.assert(
    fc.property(
      version,
      version,
      (a, b) => Math.sign(compareVersions(a, b)) === -Math.sign(compareVersions(b, a)) || compareVersions(a, b) === 0,
    ),
  );
});
