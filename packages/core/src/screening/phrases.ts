import type { ScreeningFinding } from './screening-finding.ts';

/** The words that come next in a phrase, one of them within so many words. */
export interface PhrasePart {
  readonly oneOf: ReadonlySet<string>;
  readonly within: number;
}

/** Words that together are an order to the model rather than a wish: how a phrase begins, and how it goes on. */
export interface Phrase extends Pick<ScreeningFinding, 'kind' | 'severity' | 'description'> {
  readonly first: ReadonlySet<string>;
  readonly then: readonly PhrasePart[];
}

const DROP =
  'ignore ignoring disregard disregarding forget bypass override overrule neglect circumvent ' +
  'ignoriere ignorieren vergiss missachte ignorez oublie oubliez ignora ignorar olvida omite dimentica ignorer ' +
  'игнорируй игнорируйте забудь забудьте zignoruj ignoruj negeer';
const BEFORE =
  'previous prior above earlier preceding your system former foregoing initial original ' +
  'vorherigen vorigen obigen bisherigen deine précédentes précédente anteriores previas precedenti ' +
  'предыдущие прежние прошлые poprzednie vorige';
const ANY = `${BEFORE} all any every everything alle toutes todas tutte все wszystkie`;
const INSTRUCTIONS =
  'instruction instructions prompt prompts guidelines guardrails directives orders programming ' +
  'anweisungen anweisung consignes instrucciones istruzioni regeln instruções ' +
  'инструкции указания правила instrukcje instructies';
const RULES = 'rules rule restrictions limits limit policy policies constraints safety safeguards filters';
const SEND = 'send post upload email mail transmit leak exfiltrate forward submit curl beacon ship copy';
const SHOW = 'print output include embed dump echo display append reveal leak expose collect show repeat';
const ELSEWHERE = 'https:// http:// webhook pastebin ngrok requestbin @ attacker';
const LAWLESS = 'unrestricted unfiltered uncensored jailbroken free root dan evil hacker';
const LIMITED = 'cap limit limits check checks scan scanner scanning filter filters';

const DROPS_RULES = {
  kind: 'ignore-rules',
  severity: 'high',
  description: 'It tells the model to drop what it was told before.',
} as const;
const OTHER_ROLE = {
  kind: 'ignore-rules',
  severity: 'medium',
  description: 'It tells the model to be somebody without rules.',
} as const;
const STEERS = {
  kind: 'ignore-rules',
  severity: 'medium',
  description: 'It steers reviews or limits, which are not part of the work.',
} as const;
const SENDS = {
  kind: 'exfiltration',
  severity: 'high',
  description: 'It wants secrets to be sent somewhere.',
} as const;
const SHOWS = {
  kind: 'exfiltration',
  severity: 'medium',
  description: 'It wants secrets or instructions to be shown.',
} as const;
const OUTSIDE = {
  kind: 'outside-path',
  severity: 'medium',
  description: 'It names places outside the project folder.',
} as const;
const ENCODED = {
  kind: 'encoded-text',
  severity: 'high',
  description: 'It wants encoded text to be followed.',
} as const;

/** What people do not write who only want something built. */
export const phrases: readonly Phrase[] = [
  phrase(DROPS_RULES, DROP, [ANY, 3], [INSTRUCTIONS, 4]),
  phrase(DROPS_RULES, `${DROP} skip break violate`, [BEFORE, 3], [RULES, 3]),
  phrase(DROPS_RULES, DROP, ['everything all', 2], ['above before previously', 4]),
  phrase(DROPS_RULES, 'instructions message text prompt', ['override overrides supersede supersedes', 4]),
  phrase(OTHER_ROLE, 'you', ['are', 1], ['now', 1], [LAWLESS, 6]),
  phrase(DROPS_RULES, 'told instructed', [BEFORE, 3], ['void invalid longer', 5]),
  phrase(OTHER_ROLE, 'ai bot chatbot assistant', ['without no', 4], [RULES, 2]),
  phrase(OTHER_ROLE, 'act behave respond operate', ['as like', 2], [LAWLESS, 4]),
  phrase(OTHER_ROLE, 'pretend imagine', ['you your', 3], [`${RULES} ${INSTRUCTIONS}`, 10]),
  phrase(OTHER_ROLE, 'longer', ['bound restricted limited constrained', 2]),
  phrase(OTHER_ROLE, 'god jailbreak dan unrestricted sudo', ['mode', 1]),
  phrase(OTHER_ROLE, 'jailbreak jailbroken'),
  phrase(OTHER_ROLE, 'do', ['anything', 1], ['now', 1]),
  phrase(
    STEERS,
    'tell convince instruct order trick',
    ['reviewer manager auditor supervisor', 3],
    ['approve', 8],
  ),
  phrase(STEERS, 'approve approved', ['regardless unconditionally', 8]),
  phrase(STEERS, 'always', ['approve approved', 2]),
  phrase(
    STEERS,
    'not never without',
    ['tell mention inform alert telling', 2],
    ['manager reviewer anyone human', 4],
  ),
  phrase(STEERS, 'disable bypass lift exceed', ['cost spending safety security secret', 3], [LIMITED, 2]),
  phrase(STEERS, 'turn switch', ['off', 2], ['scanner scanning', 4]),
  phrase(STEERS, 'approve', ['gate gates', 2]),
  phrase(STEERS, 'human', ['already', 2], ['agreed approved consented', 1]),
  phrase(STEERS, 'authorise authorize permit allow', ['you', 1], ['override bypass ignore exceed', 3]),
  phrase(STEERS, 'raise increase set', ['cost spending', 3], ['cap', 2]),
  phrase(
    SENDS,
    SEND,
    ['env .env environment credentials secrets passwords openai_api_key', 10],
    [ELSEWHERE, 15],
  ),
  phrase(SENDS, SEND, ['api access private secret ssh', 10], ['key keys token tokens', 1], [ELSEWHERE, 15]),
  phrase(SENDS, SEND, ['conversation workspace repository', 6], [ELSEWHERE, 12]),
  phrase(SHOWS, SHOW, ['all every your whole', 4], ['environment env .env secrets credentials', 3]),
  phrase(SHOWS, SHOW, ['your openai', 3], ['key keys token openai_api_key', 3]),
  phrase(SHOWS, `${SHOW} put write insert place`, ['openai_api_key', 6]),
  phrase(SHOWS, `${SHOW} tell`, ['your system hidden initial', 4], ['prompt prompts instructions', 3]),
  phrase(OUTSIDE, 'outside beyond', ['project workspace folder directory repository repo sandbox', 4]),
  phrase(
    OUTSIDE,
    'read write delete modify edit overwrite change wipe save',
    ['home', 5],
    ['directory folder', 1],
  ),
  phrase(ENCODED, 'decode decrypt deobfuscate rot13', ['follow obey execute', 12]),
];

function phrase(
  facts: Pick<Phrase, 'kind' | 'severity' | 'description'>,
  first: string,
  ...then: readonly (readonly [words: string, within: number])[]
): Phrase {
  return {
    ...facts,
    first: toSet(first),
    then: then.map(([words, within]) => ({ oneOf: toSet(words), within })),
  };
}

function toSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
