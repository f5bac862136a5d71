import { isProbe } from '../compare/is-probe.ts';
import { type LegacyRole, serveReply } from '../scenario/legacy-reply.ts';
import { isLegacyRole, repliesOf, type ScenarioFile } from '../scenario/scenario-file.ts';
import { type AnswerFault, judgeAnswer } from '../reference/answer-fault.ts';
import { judgeFiles } from '../reference/judge-files.ts';
import { isPassing } from '../reference/reference-desk.ts';

/** What a recorded call got, for rules to look at. */
export interface RecordedAnswer {
  readonly role: string;
  /**
   * What is wrong with it; `dead` when every attempt failed, `permanent` when an attempt failed in a way that cannot
   * pass.
   */
  readonly fault: AnswerFault | 'dead' | 'permanent' | null;
  readonly value: unknown;
  /** Whether a file in it holds a secret. */
  readonly holdsSecret: boolean;
}

/** The answers of the recorded run, call by call, found by following the script: every attempt took one reply. */
export function listRecordedAnswers({ scenario, trace }: ScenarioFile): readonly RecordedAnswer[] {
  const counts = new Map<LegacyRole, number>();
  return trace.calls.map(({ role, attempts }) => {
    // What came of looking whether the server is there is no answer.
    if (!isLegacyRole(role) || isProbe({ role }))
      return { role, fault: null, value: undefined, holdsSecret: false };
    const n = (counts.get(role) ?? 0) + attempts.length;
    counts.set(role, n);
    const failure = findFailure(attempts);
    if (failure !== null) return { role, fault: failure, value: undefined, holdsSecret: false };
    const reply = serveReply(repliesOf(scenario, role), n);
    const { value, fault } = judgeAnswer(role, reply?.type === 'answer' ? reply.text : '');
    const holdsSecret = role === 'employee.build' && judgeFiles(value).secretPaths.length > 0;
    return { role, fault, value, holdsSecret };
  });
}

function findFailure(attempts: readonly (number | string)[]): 'dead' | 'permanent' | null {
  const isPermanent = (status: number | string) =>
    typeof status === 'number' && status !== 200 && !isPassing(status);
  if (attempts.some(isPermanent)) return 'permanent';
  return attempts.includes(200) ? null : 'dead';
}
