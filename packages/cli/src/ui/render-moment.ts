/** How many characters of a date in ISO 8601 are shown. */
const SHOWN = { seconds: 19, milliseconds: 23 } as const;

/** A moment for people: the date and the time, in UTC on every machine, and saying so. */
export function renderMoment(atMs: number, precision: keyof typeof SHOWN = 'seconds'): string {
  const moment = new Date(atMs);
  if (Number.isNaN(moment.getTime())) return 'at a time nobody knows';
  return `${moment.toISOString().slice(0, SHOWN[precision]).replace('T', ' ')} UTC`;
}

/** How long something took: `0.8 s`, `2 min 5 s`, `3 h 4 min`. */
export function renderDuration(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return hours > 0
    ? `${String(hours)} h ${String(minutes)} min`
    : `${String(minutes)} min ${String(whole % 60)} s`;
}
