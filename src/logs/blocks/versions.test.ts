import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LineClock } from '../formats/dates.ts';
import { readText } from '../text-reader.ts';
import { readVersions } from './versions.ts';

const CLOCK: LineClock = { now: 0, years: 'past', zone: 0 };
const versionsIn = (text: string) =>
  readText(text, 'paste', CLOCK).statements.flatMap((s) => {
    const fact = s.fact(0, 0);
    return fact.type === 'software' ? [`${fact.name} ${fact.version}`] : [];
  });

test('what programs say of their version', () => {
  const told: readonly (readonly [string, string])[] = [
    ['Docker version 18.09.8, build 0dd43dd87f', 'dockerd 18.09.8'],
    ['Server Version: 1.13.1', 'dockerd 1.13.1'],
    ['containerd github.com/containerd/containerd v1.4.4 05f951a3781f4f2c1911b05e61c160e9c30eaa8e', 'containerd 1.4.4'],
    ['containerd containerd.io 1.6.28 ae07eda36dd25f8a1b98dfbf587313b99c0190bb', 'containerd 1.6.28'],
    ['runc version 1.0.0-rc93', 'runc 1.0.0-rc93'],
    ['crio version 1.14.5', 'crio 1.14.5'],
    ['Kubernetes v1.20.2', 'kubelet 1.20.2'],
    [' Kubelet Version:            v1.17.3', 'kubelet 1.17.3'],
    [' Container Runtime Version:  docker://19.3.5', 'dockerd 19.3.5'],
    ['systemd 237', 'systemd 237'],
    [
      'ii  runc   1.0.0~rc93-0ubuntu1~20.04.1   amd64   Open Container Project - runtime',
      'runc 1.0.0~rc93-0ubuntu1~20.04.1',
    ],
    ['ii  docker-ce  5:20.10.5~3-0~ubuntu-bionic  amd64  Docker', 'dockerd 20.10.5~3-0~ubuntu-bionic'],
    ['Linux node-1 4.15.0-1036-azure #38-Ubuntu SMP Fri Dec 7 02:47:47 UTC 2018 x86_64', 'kernel 4.15.0-1036-azure'],
    [' Kernel Version:             5.4.0-70-generic', 'kernel 5.4.0-70-generic'],
  ];
  for (const [text, version] of told) assert.deepEqual(versionsIn(text), [version], text);
});

test('docker version tells of the server’s parts, and of no client', () => {
  const since1809 = `Client: Docker Engine - Community
 Version:           20.10.5
Server: Docker Engine - Community
 Engine:
  Version:          20.10.6
  Go version:       go1.13.15
 containerd:
  Version:          1.4.4
 runc:
  Version:          1.0.0-rc93
 docker-init:
  Version:          0.19.0`;
  assert.deepEqual(versionsIn(since1809), ['dockerd 20.10.6', 'containerd 1.4.4', 'runc 1.0.0-rc93']);
  assert.deepEqual(
    versionsIn('Client:\n Version:      1.12.1\n\nServer:\n Version:      1.12.3\n API version:  1.24'),
    ['dockerd 1.12.3'],
  );
});

test('no text makes it throw or take nothing', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom('Server:', ' Version: 1', '  runc:'), fc.string()), { minLength: 1 }),
      (lines) => {
        const block = readVersions(lines, 0, CLOCK);
        return block === null || (block.taken >= 1 && block.taken <= lines.length);
      },
    ),
  );
});
