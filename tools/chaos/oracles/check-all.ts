import type { Evidence } from '../evidence.ts';
import { checkAmendment } from './amendment.ts';
import { checkCap } from './cap.ts';
import { checkCommits } from './commits.ts';
import { checkFiles } from './files.ts';
import { checkJournal } from './journal.ts';
import { checkMessages } from './messages.ts';
import { checkPaidOnce } from './paid-once.ts';
import { checkTime } from './time.ts';

/** What is wrong after a cycle, each problem with the oracle that saw it; empty when everything holds. */
export function checkAll(evidence: Evidence, reference: Evidence): readonly string[] {
  const oracles = {
    O1: checkPaidOnce(evidence),
    O2: checkCap(evidence),
    O3: checkFiles(evidence, reference),
    O4: checkCommits(evidence, reference),
    O5: checkJournal(evidence, reference),
    O7: checkMessages(evidence),
    O8: checkTime(evidence, reference),
    inbox: checkAmendment(evidence),
    snapshots: evidence.snapshotProblems,
  };
  return Object.entries(oracles).flatMap(([oracle, problems]) =>
    problems.map((problem) => `${oracle}: ${problem}`),
  );
}
