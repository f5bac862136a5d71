import type { ModeName } from '@jarvis/core';

import { decideAdaptive } from '../adaptive/decide-adaptive.ts';
import type { Team } from '../engine/team-choice.ts';
import type { Dialect } from '../dialect/dialect.ts';
import { findMissingQuestions } from '../dialect/list-questions.ts';
import type { Decide } from '../engine/decision.ts';
import { ModeUnavailableError } from '../errors.ts';
import { decideThreeLoop } from '../three-loop/decide-three-loop.ts';
import { decideTwoLoop } from '../two-loop/decide-two-loop.ts';

const MODES: Readonly<Record<Team, Decide>> = {
  SIMPLE_2LOOP: decideTwoLoop,
  LEGACY_3LOOP: decideThreeLoop,
  PHASE3: decideAdaptive,
};

/** The modes this release runs. */
export const availableModes: readonly ModeName[] = [
  'SIMPLE_2LOOP',
  'LEGACY_3LOOP',
  'PHASE3',
  'CONTEXT_AWARE',
];

/** How a team decides what comes next. */
export function decideOf(team: Team): Decide {
  return MODES[team];
}

/**
 * Proves that a dialect asks everything a mode needs.
 *
 * @throws {@link ModeUnavailableError} when it does not.
 */
export function requireMode(mode: ModeName, dialect: Dialect): void {
  const missing = findMissingQuestions(dialect, mode);
  if (missing.length > 0) throw new ModeUnavailableError({ mode, dialect: dialect.id, missing });
}
