const UNITS = [
  { name: 'd', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
  { name: 's', ms: 1_000 },
] as const;

/** The last moment a date can tell, after it was rounded up. */
const LAST_DATE_MS = 8_640_000_000_000_000 - 60_000;

/** Says when to come back: `after 14:05 UTC, in 1 h`; with the date from a day on, without the time if it is unknown. */
export function renderWait(waitMs: number, nowMs: number | undefined): string {
  const span = `in ${renderSpan(waitMs)}`;
  if (nowMs === undefined || nowMs + waitMs > LAST_DATE_MS) return span;
  // Rounded up, too: whoever comes at the time that is shown is not too early.
  const grainMs = waitMs < 60_000 ? 1_000 : 60_000;
  const moment = new Date(Math.ceil((nowMs + waitMs) / grainMs) * grainMs).toISOString();
  const [date = '', time = ''] = moment.split('T');
  const isSameDay = new Date(nowMs).toISOString().startsWith(date);
  return `after ${isSameDay ? '' : `${date} `}${time.slice(0, grainMs === 1_000 ? 8 : 5)} UTC, ${span}`;
}

/** The two largest units, from whole seconds. */
function renderSpan(waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1_000);
  const parts = UNITS.reduce<{ readonly rest: number; readonly shown: readonly string[] }>(
    ({ rest, shown }, { name, ms }) => {
      const count = Math.floor(rest / (ms / 1_000));
      return {
        rest: rest - count * (ms / 1_000),
        shown: count === 0 ? shown : [...shown, `${String(count)} ${name}`],
      };
    },
    { rest: seconds, shown: [] },
  );
  return parts.shown.slice(0, 2).join(' ') || '0 s';
}
