import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { planOf } from '../../../test/support/remedy.ts';
import { planJson, planSchemaText } from './json.ts';
import { terminalPlan } from './terminal.ts';

const SCHEMA_FILE = new URL('../../../schema/plan.schema.json', import.meta.url);
const TOOL = { name: 'notready', version: '0' };

test('the published schema is that of the code, and every plan keeps to it', async () => {
  const text = planSchemaText();
  assert.equal(readFileSync(SCHEMA_FILE, 'utf8'), text);
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const validate = ajv.compile(JSON.parse(text));
  for (const name of ['frozen-filesystem', 'cluster/incident/during', 'cluster/disk-full/during', 'healthy']) {
    const json = planJson(await planOf(name), 'zh', TOOL);
    assert.ok(validate(json), `${name}: ${ajv.errorsText(validate.errors)}`);
  }
});

test('a plan for people names each step’s command, risk, precondition, deadline and undo', async () => {
  const text = terminalPlan(await planOf('cluster/hung-shim/during'), {
    lang: 'en',
    width: 100,
    colour: null,
    program: 'notready',
  });
  for (const said of [
    /1\. Let containerd-shim\[\d+\] run on \(SIGCONT\) +\[resume-process\]/,
    /\$ kill -CONT \d+/,
    /Can break: /,
    /Only if: notready runs in the PID namespace/,
    /At most: 15s/,
    /Taken back by: kubectl uncordon lab-node/,
    /Do not try/,
  ])
    assert.match(text, said);
});

test('in Chinese no sentence stays English', async () => {
  const text = terminalPlan(await planOf('frozen-filesystem'), {
    lang: 'zh',
    width: 200,
    colour: null,
    program: 'notready',
  });
  assert.match(text, /不影响业务地解除故障/);
  assert.doesNotMatch(text, /\b(?:the|which|every)\b/);
});
