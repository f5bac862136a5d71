import { readFileSync } from 'node:fs';

import { z } from 'zod';

const namesSchema = z.record(z.string(), z.string()).default({});

const manifestSchema = z.looseObject({
  name: z.string(),
  private: z.boolean().default(false),
  license: z.string().optional(),
  type: z.string().optional(),
  sideEffects: z.unknown().optional(),
  engines: z.record(z.string(), z.string()).default({}),
  exports: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])).default({}),
  nx: z.looseObject({ tags: z.array(z.string()).default([]) }).default({ tags: [] }),
  dependencies: namesSchema,
  devDependencies: namesSchema,
  peerDependencies: namesSchema,
  optionalDependencies: namesSchema,
});

/** The parts of a `package.json` the tools look at. */
export type Manifest = z.infer<typeof manifestSchema>;

/** Reads a `package.json`; throws when it is not one. */
export function readManifest(path: string): Manifest {
  return manifestSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
}
