import assert from 'node:assert/strict';
import { test } from 'node:test';
import { colourFor } from './colour.ts';

test('colour is for a terminal that wants it', () => {
  assert.equal(colourFor({ isTTY: true }, {})?.('strong', 'x'), '\x1b[1mx\x1b[22m');
  assert.equal(colourFor({}, {}), null);
  assert.equal(colourFor({ isTTY: true }, { NO_COLOR: '1' }), null);
  assert.equal(colourFor({ isTTY: true }, { TERM: 'dumb' }), null);
  assert.notEqual(colourFor({ isTTY: true }, { NO_COLOR: '' }), null);
});
