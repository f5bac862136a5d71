import { z } from 'zod';

/** Old files have fields more and fields less: what has another type than expected counts as missing. */
const text = z.string().catch('');
const optionalText = z.string().optional().catch(undefined);
const number = z.number().catch(0);
const texts = z
  .array(z.unknown())
  .catch([])
  .transform((values) => values.filter((value) => typeof value === 'string'));
const numbers = z
  .array(z.unknown())
  .catch([])
  .transform((values) => values.filter((value) => typeof value === 'number'));
const list = z.array(z.unknown()).catch([]);

/** A stage of a roadmap. */
export const stageShape = z.looseObject({
  id: text,
  name: text,
  status: z.string().catch('pending'),
  audit_count: number,
  categories: texts,
  plan_steps: numbers,
  regression_source: z.string().nullable().catch(null),
});

/** A roadmap with its stages, wherever in the file it stands. */
export const roadmapShape = z.looseObject({
  version: number,
  stages: list,
  active_stage_id: z.string().nullable().catch(null),
});

/** The memory or the summary of a stage. */
export const memoryShape = z.looseObject({
  stage_id: text,
  stage_name: text,
  final_status: text,
  iterations: z.union([z.number(), z.array(z.unknown()).transform(({ length }) => length)]).catch(0),
  summary: text,
  findings: z.unknown().optional(),
});

/** A run as a run log, a cost log or a checkpoint tells it. */
export const runShape = z.looseObject({
  run_id: optionalText,
  task: optionalText,
  mode: optionalText,
  final_status: optionalText,
  status: optionalText,
  iterations: list,
  history_folder: optionalText,
  project_subdir: optionalText,
  project: optionalText,
  cost_summary: z.unknown().optional(),
});

/** A round of a run log. */
export const roundShape = z.looseObject({ iteration: number, status: text });

/** A paid call. The sum so far, `total_usd`, is no price of a call. */
export const callShape = z.looseObject({
  run_id: optionalText,
  role: z.string(),
  model: z.string(),
  prompt_tokens: z.number(),
  completion_tokens: z.number(),
  cost_usd: z.number().optional().catch(undefined),
  usd: z.number().optional().catch(undefined),
});

/** An event of the structured log: its facts lie beside its type, or in a payload. */
export const eventShape = z
  .looseObject({
    type: optionalText,
    event_type: optionalText,
    payload: z.record(z.string(), z.unknown()).catch({}),
  })
  .transform(({ type, event_type: kind, payload, ...rest }) => ({
    type: kind ?? type ?? '',
    facts: { ...rest, ...payload },
  }));

/** What events say about their run. */
export const eventFactsShape = z.looseObject({
  task_description: optionalText,
  task: optionalText,
  mode: optionalText,
  status: optionalText,
  config: z.looseObject({ mode: optionalText }).catch({}),
  project_folder: optionalText,
  original_task: optionalText,
  iteration: number,
  iterations: number,
  stage_id: optionalText,
  stage_name: text,
  files: texts,
});
