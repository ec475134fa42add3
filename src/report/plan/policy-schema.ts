import { policySchema } from '../../remedy/policy/schema.ts';
import { jsonSchemaText } from '../json-schema-text.ts';

/** The JSON Schema of a policy file, as published in schema/policy.schema.json. */
export function policySchemaText(): string {
  return jsonSchemaText(policySchema, {
    title: 'notready remediation policy',
    description: 'What `notready remediate --yes --policy FILE` may do with nobody watching.',
  });
}
