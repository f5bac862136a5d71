import { z } from 'zod';

import { configSchema } from './config-schema.ts';

/** What a file may say: the schema, and the spelling `parseConfig` understands besides. */
const fileSchema = z.strictObject({
  ...configSchema.shape,
  orchestrator: z
    .strictObject({ mode: configSchema.shape.mode, config: configSchema.optional() })
    .describe('The same values in the spelling of the consolidation plan.')
    .optional(),
});

/**
 * The JSON Schema (draft 7) of a configuration file, for editors and other tools. A few rules are told by
 * {@link parseConfig} alone, for example which servers a base URL may name.
 */
export function configJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(fileSchema, {
    io: 'input',
    target: 'draft-7',
    override: ({ zodSchema, path, jsonSchema }) => {
      // `null` counts as left out there.
      const isCap = path.slice(-3).join('.') === 'costs.properties.capUsd';
      if (isCap && zodSchema instanceof z.ZodUnion) jsonSchema.anyOf?.push({ type: 'null' });
    },
  });
  return { $schema, title: 'Configuration of JARVIS', ...schema };
}
