/** What was found out about one thing, and what to do about it. */
export interface Diagnosis {
  readonly about: string;
  readonly verdict: 'ok' | 'warning' | 'problem';
  readonly text: string;
  readonly next?: string;
}

/** It is as it should be. */
export function ok(about: string, text: string): Diagnosis {
  return { about, verdict: 'ok', text };
}

/** Runs work, and a person may want to know. */
export function warning(about: string, text: string, next: string): Diagnosis {
  return { about, verdict: 'warning', text, next };
}

/** Runs do not work like this. */
export function problem(about: string, text: string, next: string): Diagnosis {
  return { about, verdict: 'problem', text, next };
}
