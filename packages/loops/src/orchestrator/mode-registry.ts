import type { ModeName } from '@jarvis/core';

import type { Decide } from '../engine/decision.ts';
import { ModeUnavailableError } from '../errors.ts';
import { decideThreeLoop } from '../three-loop/decide-three-loop.ts';
import { decideTwoLoop } from '../two-loop/decide-two-loop.ts';

const MODES: Readonly<Partial<Record<ModeName, Decide>>> = {
  SIMPLE_2LOOP: decideTwoLoop,
  LEGACY_3LOOP: decideThreeLoop,
};

/** The modes this release runs. */
export const availableModes: readonly ModeName[] = ['SIMPLE_2LOOP', 'LEGACY_3LOOP'];

/**
 * How a mode decides.
 *
 * @throws {@link ModeUnavailableError} when this release does not run it.
 */
export function requireMode(mode: ModeName): Decide {
  const decide = MODES[mode];
  if (decide === undefined) throw new ModeUnavailableError({ mode, available: availableModes });
  return decide;
}
