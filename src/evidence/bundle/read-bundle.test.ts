import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { archive, type Entry, entriesWith, soundEntries } from '../../../test/support/hostile-bundle.ts';
import { temporaryDirectory } from '../../../test/support/temporary-directory.ts';
import { UserError } from '../../text/user-error.ts';
import type { BundleLimits } from './format.ts';
import { readBundle, readBundleFrom } from './read-bundle.ts';

/** Reads an archive that must be refused; returns what is said, without the path. */
async function refusal(t: TestContext, bytes: Buffer, limits: Partial<BundleLimits> = {}): Promise<string> {
  const path = join(temporaryDirectory(t), 'case.tar.gz');
  writeFileSync(path, bytes);
  const error: unknown = await readBundle(path, { limits }).then(
    () => null,
    (e) => e,
  );
  assert.ok(error instanceof UserError, `refused with a sentence, not ${String(error)}`);
  assert.ok(!error.text.en.includes('\n') && error.text.zh !== error.text.en, 'one line, in both languages');
  const shown = error.hint ? `${error.text.en} (${error.hint.en})` : error.text.en;
  assert.ok(shown.startsWith(`${path}: `), shown);
  return shown.slice(path.length + 2);
}

const HOSTILE: Readonly<Record<string, readonly [extra: Entry, says: string]>> = {
  'a name with ..': [{ name: '../../etc/cron.d/x' }, 'entry 7: the name "../../etc/cron.d/x" leads out of the archive'],
  'an absolute name': [{ name: '/etc/passwd' }, 'entry 7: the name "/etc/passwd" leads out of the archive'],
  'a name with an escape sequence': [
    { name: '../\x1b[2J' },
    'entry 7: the name "../\\x1b[2J" leads out of the archive',
  ],
  'a symbolic link': [
    { name: 'x', header: { type: 'symlink', linkname: '/etc/shadow' } },
    'x: an entry of the type symlink; a bundle holds plain files only',
  ],
  'a hard link': [
    { name: 'x', header: { type: 'link', linkname: 'manifest.json' } },
    'x: an entry of the type link; a bundle holds plain files only',
  ],
  'a device': [
    { name: 'x', header: { type: 'character-device' } },
    'x: an entry of the type character-device; a bundle holds plain files only',
  ],
  'an extended header that changes the name': [
    { name: 'x', header: { pax: { path: '../x' } } },
    'entry 7: the name "../x" leads out of the archive',
  ],
  'a pipe': [{ name: 'x', header: { type: 'fifo' } }, 'x: an entry of the type fifo; a bundle holds plain files only'],
  'two files of one name': [{ name: 'links.jsonl' }, 'links.jsonl: two files of this name in the archive'],
  'two files of one name in other words': [
    { name: './links.jsonl' },
    'links.jsonl: two files of this name in the archive',
  ],
};

for (const [what, [extra, says]] of Object.entries(HOSTILE)) {
  test(`refuses an archive with ${what}`, async (t) => {
    assert.equal(await refusal(t, await archive([...soundEntries(), extra])), says);
  });
}

test('refuses more files than a bundle could have', async (t) => {
  const many = Array.from({ length: 60 }, (_, i) => ({ name: `x${i}` }));
  assert.match(await refusal(t, await archive([...soundEntries(), ...many])), /^more than 64 files in it/);
});

test('refuses a decompression bomb while it unpacks', async (t) => {
  const bomb = await archive([{ name: 'observations.jsonl', bytes: Buffer.alloc(16 * 1024 * 1024) }]);
  assert.match(await refusal(t, bomb), /^unpacks to more than 250 times its size/);
  assert.match(await refusal(t, bomb, { totalBytes: 1_000_000 }), /^unpacks to more than 1000000 bytes/);
});

test('refuses an archive that is cut short, at any place', async (t) => {
  const whole = await archive(soundEntries());
  for (const share of [0.1, 0.5, 0.9, 0.999]) {
    const cut = whole.subarray(0, Math.floor(whole.length * share));
    assert.match(await refusal(t, cut), /^the archive ends too early/, `${share}`);
  }
  assert.equal(await refusal(t, Buffer.alloc(0)), 'the file is empty');
});

test('refuses what is no archive at all', async (t) => {
  assert.match(await refusal(t, Buffer.from('PK\x03\x04 not a tarball')), /^not a gzip file, or a damaged one/);
  assert.match(await refusal(t, gzipSync('x'.repeat(2000))), /^not a tar archive inside, or a damaged one/);
  assert.match(await refusal(t, await archive([{ name: 'notes.txt', bytes: 'hi' }])), /^no manifest.json in it/);
});

test('refuses a file that was changed since, by its checksum', async (t) => {
  const entries = soundEntries().map((e) =>
    e.name === 'links.jsonl' ? { ...e, bytes: String(e.bytes).replace('waits-on', 'uses') } : e,
  );
  assert.match(await refusal(t, await archive(entries)), /^links.jsonl: does not match its checksum in the manifest/);
});

test('says which notready reads a format that this one does not know', async (t) => {
  const manifest = (text: string) => JSON.stringify({ ...JSON.parse(text), formatVersion: 9, readableSince: '2.3.0' });
  assert.equal(
    await refusal(t, await archive(entriesWith({ 'manifest.json': manifest }))),
    'manifest.json: format version 9; this notready reads version 1 (notready 2.3.0 or newer reads it)',
  );
});

const DAMAGED: Readonly<Record<string, readonly [file: string, change: (text: string) => string, says: RegExp]>> = {
  'a line that is not JSON': ['links.jsonl', (s) => `${s}{"from": \n`, /^links.jsonl:5: not JSON$/],
  'a record that does not fit': [
    'sources.jsonl',
    (s) => s.replace('"status":"failed"', '"status":"fine"'),
    /^sources.jsonl:4: status: Invalid option/,
  ],
  'a fact of an unknown type': [
    'observations.jsonl',
    (s) => s.replace('"type":"mount"', '"type":"moonphase"'),
    /^observations.jsonl:4: fact.type: /,
  ],
  'a link to nowhere': [
    'links.jsonl',
    (s) => s.replace('"to":"process:23760"', '"to":"process:1"'),
    /^links.jsonl:1: speaks of "process:1", which is not in the bundle$/,
  ],
  'an observation from no source': [
    'observations.jsonl',
    (s) => s.replace('"source":"s2"', '"source":"s99"'),
    /^observations.jsonl:2: speaks of "s99", which is not in the bundle$/,
  ],
  'one id twice': [
    'sources.jsonl',
    (s) => s.replace('"id":"s2"', '"id":"s1"'),
    /^sources.jsonl:2: the id "s1" is given twice$/,
  ],
  'an entity whose id belies its kind': [
    'entities.jsonl',
    (s) => s.replace('"kind":"thread"', '"kind":"pod"'),
    /^entities.jsonl:\d: the id "thread:23760\/23771" is not of the kind pod$/,
  ],
  'a line without an end': [
    'sources.jsonl',
    (s) => `${s}{"id":"${'x'.repeat(1024 * 1024)}`,
    /^sources.jsonl:5: longer than 1048576 bytes$/,
  ],
  'a number out of all range': [
    'observations.jsonl',
    (s) => s.replace(/"at":\d+/, '"at":1e999'),
    /^observations.jsonl:1: at: /,
  ],
  'brackets without an end': ['links.jsonl', (s) => `${s}${'['.repeat(300_000)}\n`, /^links.jsonl:5: not JSON$/],
};

for (const [what, [file, change, says]] of Object.entries(DAMAGED)) {
  test(`refuses ${what}, and names the line`, async (t) => {
    assert.match(await refusal(t, await archive(entriesWith({ [file]: change }))), says);
  });
}

test('ignores files that no bundle has, and says so', async (t) => {
  const path = join(temporaryDirectory(t), 'case.tar.gz');
  writeFileSync(path, await archive([...soundEntries(), { name: 'notes/today.txt', bytes: 'seen it' }]));
  const notes: string[] = [];
  await readBundle(path, { onNote: (note) => notes.push(note.en) });
  assert.deepEqual(notes, ['ignored "notes/today.txt", which no bundle has']);
});

test('reads what `tar czf case.tar.gz .` makes of an unpacked bundle', async (t) => {
  const path = join(temporaryDirectory(t), 'case.tar.gz');
  const entries = soundEntries().map((e) => ({ ...e, name: `./${e.name}` }));
  writeFileSync(path, await archive([{ name: './', header: { type: 'directory' } }, ...entries]));
  assert.equal((await readBundle(path)).entities.length, 6);
});

test('of many files that no bundle has, one is named and the others are counted', async (t) => {
  const path = join(temporaryDirectory(t), 'case.tar.gz');
  const others = Array.from({ length: 9 }, (_, i) => ({ name: `x${i}` }));
  writeFileSync(path, await archive([...soundEntries(), ...others]));
  const notes: string[] = [];
  await readBundle(path, { onNote: (note) => notes.push(note.en) });
  assert.deepEqual(notes, ['ignored "x0" and 8 more files that no bundle has']);
});

test('a bundle may come by a pipe', async () => {
  const caseFile = await readBundleFrom(Readable.from([await archive(soundEntries())]), 'standard input');
  assert.equal(caseFile.entities.length, 6);
});

test('refuses a pipe without an end, though it unpacks to nothing', async () => {
  const block = gzipSync('');
  const endless = Readable.from(
    (function* () {
      for (;;) yield block;
    })(),
  );
  await assert.rejects(readBundleFrom(endless, 'standard input', { limits: { totalBytes: 10_000 } }), {
    message: 'standard input: too large for a bundle',
  });
});

test('does not read from a file of /proc, which may have no end', async () => {
  await assert.rejects(readBundle('/proc/kmsg'), { message: '/proc/kmsg: the file is empty' });
});

test('refuses more records than a node could have', async (t) => {
  const bytes = await archive(soundEntries());
  assert.equal(await refusal(t, bytes, { records: 3 }), 'sources.jsonl:4: more than 3 records');
});

test('names that JavaScript gives a meaning are names like others', async (t) => {
  const path = join(temporaryDirectory(t), 'case.tar.gz');
  const attrs = '"attrs":{"__proto__":"x","constructor":"y"';
  const change = (s: string) => s.replace('"attrs":{"pid":23760', `${attrs},"pid":23760`);
  writeFileSync(path, await archive([...entriesWith({ 'entities.jsonl': change }), { name: '__proto__' }]));
  const { entities } = await readBundle(path);
  const shown = entities.map((e) => Object.entries(e.attrs).flat());
  assert.ok(
    shown.some((words) => words.includes('constructor') && words.includes('y')),
    'kept as an attribute',
  );
  assert.ok(entities.every((e) => Object.getPrototypeOf(e.attrs) === Object.prototype));
});

test('in an unpacked bundle, follows no link and waits for no pipe', async (t) => {
  const linked = temporaryDirectory(t);
  symlinkSync('/etc/passwd', join(linked, 'manifest.json'));
  await assert.rejects(readBundle(linked), { message: `${linked}: manifest.json: a symbolic link` });
  const piped = temporaryDirectory(t);
  execFileSync('mkfifo', [join(piped, 'manifest.json')]);
  await assert.rejects(readBundle(piped), { message: `${piped}: manifest.json: not a plain file` });
});

test('makes control characters visible that someone put into a bundle, its manifest too', async (t) => {
  const path = join(temporaryDirectory(t), 'case.tar.gz');
  const change = (s: string) => s.replace('"name":"node-7"', '"name":"node\\u001b[2J\\u202e"');
  const manifest = (s: string) => s.replace(/"version": "[^"]*"/, '"version": "\\u001b[2J"');
  const [entities1, manifest1] = [
    entriesWith({ 'entities.jsonl': change }),
    entriesWith({ 'manifest.json': manifest }),
  ];
  writeFileSync(path, await archive(manifest1));
  assert.equal((await readBundle(path)).tool.version, '\\x1b[2J');
  writeFileSync(path, await archive(entities1));
  const { entities } = await readBundle(path);
  assert.ok(entities.some((e) => e.name === 'node\\x1b[2J\\u202e'));
});
