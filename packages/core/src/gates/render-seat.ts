import type { Seat } from './gate-rule.ts';

/** Who a gate waits for, for people. */
export function renderSeat({ role, person }: Seat): string {
  return person ?? `the role ${role ?? ''}`;
}
