import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseLanguage } from './language.ts';

test('the flag wins over the locale, wherever it stands', () => {
  assert.equal(chooseLanguage(['diagnose', '--lang', 'en'], { LANG: 'zh_CN.UTF-8' }), 'en');
  assert.equal(chooseLanguage(['--lang=zh', 'diagnose'], {}), 'zh');
});

test('of two flags the last counts, as for every other option', () => {
  assert.equal(chooseLanguage(['--lang=zh', 'diagnose', '--lang', 'en'], {}), 'en');
});

test('of the locale, LC_ALL wins over LC_MESSAGES over LANG, and an empty one does not count', () => {
  assert.equal(chooseLanguage([], { LC_ALL: 'en_US.UTF-8', LANG: 'zh_CN.UTF-8' }), 'en');
  assert.equal(chooseLanguage([], { LC_MESSAGES: 'zh_TW', LANG: 'en_US' }), 'zh');
  assert.equal(chooseLanguage([], { LC_ALL: '', LANG: 'zh' }), 'zh');
});

test('any other language, or none, is English', () => {
  for (const LANG of ['', 'C', 'POSIX', 'de_DE.UTF-8', 'zhx_ZZ']) assert.equal(chooseLanguage([], { LANG }), 'en');
});

test('a language that it does not speak is an error, not English', () => {
  assert.throws(() => chooseLanguage(['--lang', 'fr\x1b'], {}), {
    message: '--lang "fr\\x1b": notready speaks en and zh',
  });
});
