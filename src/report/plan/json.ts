import type { Plan } from '../../remedy/plan/plan.ts';
import type { Step } from '../../remedy/step.ts';
import type { Lang, Text } from '../../text/text.ts';
import { jsonSchemaText } from '../json-schema-text.ts';
import { PLAN_SCHEMA_VERSION, type PlanJson, planJsonSchema } from './schema.ts';

/** @param tool who made it */
export function planJson(plan: Plan, lang: Lang, tool: PlanJson['tool']): PlanJson {
  const say = (text: Text): string => text[lang];
  return {
    schemaVersion: PLAN_SCHEMA_VERSION,
    tool,
    lang,
    node: plan.node,
    madeFrom: new Date(plan.madeFrom).toISOString(),
    cause: plan.cause,
    summary: plan.summary && say(plan.summary),
    steps: plan.steps.map((step) => stepJson(step, lang)),
    byHand: plan.byHand.map((h) => ({
      action: h.action,
      title: say(h.title),
      command: h.command,
      why: say(h.why),
      risk: say(h.risk),
      leftBecause: say(h.leftBecause),
    })),
    futile: plan.futile.map((f) => ({ action: f.action, title: say(f.title), command: f.command, why: say(f.why) })),
    notes: plan.notes.map(say),
  };
}

function stepJson(step: Step, lang: Lang): PlanJson['steps'][number] {
  return {
    id: step.id,
    phase: step.phase,
    act: { ...step.act },
    title: step.title[lang],
    command: step.command,
    does: step.does[lang],
    breaks: step.breaks[lang],
    requires: step.requires.map(({ id, text }) => ({ id, text: text[lang] })),
    deadlineMs: step.deadlineMs,
    verify: step.verify[lang],
    undo: step.undo && { act: { ...step.undo.act }, command: step.undo.command },
    prediction: { outcome: step.prediction.outcome, why: step.prediction.why[lang] },
    destroysEvidence: step.destroysEvidence,
  };
}

/** The JSON Schema of what `remediate -o json` prints for a plan, as published in schema/plan.schema.json. */
export function planSchemaText(): string {
  return jsonSchemaText(planJsonSchema, {
    title: 'notready plan',
    description: `What \`notready remediate -o json\` prints, schemaVersion ${PLAN_SCHEMA_VERSION}.`,
  });
}
