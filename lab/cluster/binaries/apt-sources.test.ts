import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { asSourcePackages, isSourcesFile } from './apt-sources.ts';

test('one entry a line: mirror, options and components stay, comments and disabled lines go', () => {
  const text = `# a comment
deb http://mirror.example.org/debian bookworm main contrib # ours
deb [arch=amd64 signed-by=/usr/share/keyrings/a.gpg] https://mirror.example.org/debian-security bookworm-security main
#deb http://off.example.org/debian bookworm main
   deb\t[ trusted=yes ]  file:/srv/mirror ./
deb cdrom:[Debian GNU/Linux 12 _Bookworm_]/ bookworm main
rpm http://what.example.org x
`;
  assert.equal(
    asSourcePackages('sources.list', text),
    `deb-src http://mirror.example.org/debian bookworm main contrib
deb-src [arch=amd64 signed-by=/usr/share/keyrings/a.gpg] https://mirror.example.org/debian-security bookworm-security main
deb-src [ trusted=yes ]  file:/srv/mirror ./
`,
  );
});

test('a # within an option is none that starts a comment', () => {
  const line = 'deb [signed-by=/a#b.gpg] http://mirror.example.org/debian bookworm main # no';
  assert.match(asSourcePackages('a.list', line), /^deb-src \[signed-by=\/a#b\.gpg\] .* main\n$/);
});

test('an entry that is there for programs and for sources is asked once', () => {
  const text =
    'deb http://mirror.example.org/debian bookworm main\ndeb-src http://mirror.example.org/debian bookworm main';
  assert.equal(asSourcePackages('a.list', text), 'deb-src http://mirror.example.org/debian bookworm main\n');
});

test('deb822: only the types change; a key in the file stays whole', () => {
  const text = `Types: deb
# http://snapshot.example.org
URIs: http://mirror.example.org/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mDMEYCQjIxYJKwYBBAHaRw8BAQdA
 -----END PGP PUBLIC KEY BLOCK-----

types: deb
 deb-src
uris: http://mirror.example.org/debian-security
suites: bookworm-security
components: main
`;
  assert.equal(
    asSourcePackages('debian.sources', text),
    `Types: deb-src
URIs: http://mirror.example.org/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mDMEYCQjIxYJKwYBBAHaRw8BAQdA
 -----END PGP PUBLIC KEY BLOCK-----

Types: deb-src
uris: http://mirror.example.org/debian-security
suites: bookworm-security
components: main
`,
  );
});

test('deb822: a stanza that is disabled, on a medium, without types or for nothing of Debian goes', () => {
  const stanza = (...lines: string[]): string => [...lines, 'Suites: s', 'Components: main'].join('\n');
  const text = [
    stanza('Enabled: no', 'Types: deb', 'URIs: http://a.example.org'),
    stanza('Types: deb', 'URIs: cdrom:[x]/'),
    stanza('URIs: http://b.example.org'),
    stanza('Types: rpm', 'URIs: http://c.example.org'),
    stanza('Types: deb', 'URIs: http://d.example.org', 'Enabled: yes'),
  ].join('\n\n');
  const kept = asSourcePackages('a.sources', text);
  assert.match(kept, /^Types: deb-src\nURIs: http:\/\/d\./);
  assert.equal(kept.match(/Types:/g)?.length, 1);
});

test('apt reads only files with such names', () => {
  for (const name of ['debian.sources', 'a-b_c.1.list']) assert.equal(isSourcesFile(name), true, name);
  for (const name of ['a.list.save', 'a b.list', 'a.list~', '.hidden.list', 'README']) {
    assert.equal(isSourcesFile(name), false, name);
  }
});

test('every enabled entry asks for sources, at the very same place', () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9/.-]{0,11}$/);
  const entry = fc.record({
    type: fc.constantFrom('deb', 'deb-src'),
    options: fc.constantFrom('', '[arch=amd64] ', '[ signed-by=/k.gpg ] '),
    place: fc.tuple(word, word, word).map(([host, suite, component]) => `http://${host} ${suite} ${component}`),
    enabled: fc.boolean(),
    comment: fc.constantFrom('', ' # deb http://x y z'),
  });
  fc.assert(
    fc.property(fc.array(entry), (entries) => {
      const lines = entries.map((e) => `${e.enabled ? '' : '# '}${e.type} ${e.options}${e.place}${e.comment}`);
      const expected = entries.filter((e) => e.enabled).map((e) => `deb-src ${e.options}${e.place}`);
      const given = asSourcePackages('a.list', lines.join('\n')).split('\n').filter(Boolean);
      assert.deepEqual(given, [...new Set(expected)]);
    }),
  );
});

test('no text makes it throw, or ask for anything but sources, and done twice it is as done once', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(
      'Types: deb',
      'Types:',
      ' deb',
      'URIs: http://a',
      'Enabled: no',
      '',
      ' ',
      '#',
      'deb [a] http://b c d',
    ),
  );
  for (const name of ['a.list', 'a.sources']) {
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const once = asSourcePackages(name, lines.join('\n'));
        assert.equal(asSourcePackages(name, once), once);
        assert.doesNotMatch(once, /^(deb |types:\s*deb$)/im);
      }),
    );
  }
});
