import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserError } from '../../../src/text/user-error.ts';
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts';
import { COURSE_FORMAT, type Course } from './format.ts';
import { parseCourse, readCourse } from './read-course.ts';

const course: Course = {
  format: COURSE_FORMAT,
  formatVersion: 1,
  scenario: 'hung-shim',
  kubelet: 'v1.20.2',
  runtime: 'docker',
  pace: 'brisk',
  startedAt: Date.UTC(2026, 10, 24),
  lasted: 60.1,
  looks: [{ name: 'during', at: 20, ready: 'True', subjects: [{ kind: 'container', anyOf: ['abc'] }] }],
  conditions: [{ at: 0, type: 'Ready', status: 'True', reason: 'KubeletReady', message: '' }],
  leaseRenewals: [-1, 10],
  relists: [{ at: 0, lastSeen: -0.5, count: 3, sum: 0.1 }],
  silences: [],
  events: [],
};
const parse = (change: Record<string, unknown>): Course =>
  parseCourse('c.json', JSON.stringify({ ...course, ...change }));
const refused = (read: () => unknown, why: RegExp): void =>
  assert.throws(read, (e) => e instanceof UserError && why.test(e.text.en) && !e.text.en.includes('\n'));

test('a course comes back as it was', () => {
  assert.deepEqual(parse({}), course);
});

test('what is no course of this version is refused in one line that says why', () => {
  refused(() => parseCourse('c.json', '{'), /^c\.json: not JSON$/);
  refused(() => parseCourse('c.json', 'null'), /^c\.json: the format is not "notready-course"$/);
  refused(() => parse({ format: 'notready-case' }), /^c\.json: the format is not "notready-course"$/);
  refused(() => parse({ formatVersion: 2 }), /^c\.json: format version 2; this notready reads version 1$/);
  refused(() => parse({ looks: [{ ...course.looks[0], name: '../../etc/passwd' }] }), /^c\.json: looks\.0\.name: /);
  refused(() => parse({ relists: null }), /^c\.json: relists: /);
});

test('a folder without a course is named', async (t) => {
  await assert.rejects(readCourse(temporaryDirectory(t)), /course\.json: no recording of a course is here/);
});
