import { findingSchema } from '@jarvis/core';
import type { Finding } from '@jarvis/core';
import { z } from 'zod';

import { InvalidAuditReportError } from '../errors.ts';
import { describeProblem } from '../machine/stage-event.ts';

/** What an auditor says about a finding that was known before, named by its fingerprint. */
export interface AuditAnswer {
  readonly id: string;
  readonly answer: 'gone' | 'still_there';
}

/** What an auditor says: an answer for each finding that was open, and what is new. There is no verdict in it. */
export interface AuditReport {
  /** The content that was looked at. */
  readonly contentHash: string;
  readonly answers: readonly AuditAnswer[];
  readonly findings: readonly Finding[];
}

/** Parses a report; unknown keys are refused. Its JSON Schema is what an auditor is asked for. */
export const auditReportSchema = z.strictObject({
  contentHash: z.string().min(1),
  answers: z.array(z.strictObject({ id: z.string().min(1), answer: z.enum(['gone', 'still_there']) })),
  findings: z.array(findingSchema),
});

/**
 * Turns what an auditor answered into a report.
 *
 * @throws {@link InvalidAuditReportError} with every problem at once, each with its field.
 */
export function parseAuditReport(value: unknown): AuditReport {
  const parsed = auditReportSchema.safeParse(value);
  if (!parsed.success) {
    throw new InvalidAuditReportError({ problems: parsed.error.issues.map(describeProblem) });
  }
  return parsed.data;
}
