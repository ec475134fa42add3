import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { textsAt } from '../lab/cluster/course/course-texts.ts';
import { COURSES } from '../lab/cluster/course/courses.ts';
import type { Course } from '../lab/cluster/course/format.ts';
import { readCourse } from '../lab/cluster/course/read-course.ts';
import { CLUSTER_SCENARIOS } from '../lab/cluster/scenarios/index.ts';
import type { CauseSlug } from '../src/causes/slugs.ts';
import { diagnose } from '../src/diagnose/diagnose.ts';
import type { Diagnosis } from '../src/diagnose/diagnosis.ts';
import { readLogsCase } from '../src/logs/read-case.ts';
import type { ScanLogs } from '../src/logs/scan-contract.ts';

/** What the texts of a fault do not carry, and what they say instead. */
const SILENT: Readonly<Record<string, { readonly says: CauseSlug | null; readonly for: string }>> = {
  'frozen-filesystem': {
    says: null,
    for: 'dockerd only says that a container did not exit within its grace; no log names a filesystem, and relist still passes',
  },
  'frozen-filesystem-shim-killed': {
    says: null,
    for: 'the container is gone for dockerd and the kubelet: only /proc shows its threads',
  },
  'cpu-starvation': { says: null, for: 'a throttled kubelet logs the same, later; nothing times out yet' },
  'cri-network-hung': {
    says: null,
    for: 'containerd says that it makes a sandbox and has not said yet that it failed to',
  },
  'slow-relist': {
    says: 'runtime-unresponsive',
    for: 'lists, Version and Status time out: that dockerd only lacks CPU stands in its cgroup alone',
  },
};

/** What somebody makes of the texts that could be pasted at a look. */
async function diagnoseTexts(folder: string, course: Course, look: Course['looks'][number]): Promise<Diagnosis> {
  const at = course.startedAt + look.at * 1000;
  const texts = textsAt(folder, course, at);
  const scan: ScanLogs = async ({ inputs }) =>
    inputs.map((file) => ({ ...NO_FILE, file, bytes: texts[file]?.length ?? 0, whole: texts[file] ?? '' }));
  const { caseFile } = await readLogsCase({ inputs: Object.keys(texts), scan, askedAt: at, toolVersion: '0' });
  return diagnose(caseFile);
}

const NO_FILE = { foundIn: null, modifiedAt: null, lines: 0, head: [], tail: [], problem: null } as const;

/** Containers that a verdict names and that are not at fault. */
function wronglyNamed({ verdict }: Diagnosis, { subjects }: Course['looks'][number]): readonly string[] {
  const meant = subjects.filter((s) => s.kind === 'container').flatMap((s) => s.anyOf.map(String));
  const named = (verdict?.subjects ?? []).filter((s) => s.id.startsWith('container:')).map((s) => s.id.slice(10));
  return meant.length === 0 ? [] : named.filter((id) => !meant.some((m) => id.startsWith(m)));
}

for (const { name, title, truth } of CLUSTER_SCENARIOS.filter((s) => s.notRecorded === undefined)) {
  const silent = SILENT[name];
  const expected = silent === undefined ? truth.cause : silent.says;
  test(`from logs, events and the node's object alone: ${title.en}: ${expected ?? 'nothing'} (${name})`, async () => {
    const folder = join(COURSES, name);
    const course = await readCourse(folder);
    for (const look of course.looks) {
      const diagnosis = await diagnoseTexts(folder, course, look);
      const { verdict } = diagnosis;
      if (look.name === 'before') assert.equal(verdict, null, look.name);
      else if (look.name === 'after') {
        // The texts tell of what was: to name that is right, to call it present is not.
        assert.ok([null, 'undetermined', expected].includes(verdict?.cause ?? null), verdict?.cause ?? '');
        if (truth.cause !== null && verdict?.cause === expected) assert.notEqual(verdict?.status, 'confirmed');
      } else {
        assert.equal(verdict?.cause ?? null, expected, silent?.for ?? look.name);
        assert.deepEqual(wronglyNamed(diagnosis, look), [], look.name);
      }
    }
  });
}

test('what the texts are silent about belongs to a scenario', () => {
  const known = new Set(CLUSTER_SCENARIOS.map((s) => s.name));
  assert.deepEqual(
    Object.keys(SILENT).filter((name) => !known.has(name)),
    [],
  );
});
