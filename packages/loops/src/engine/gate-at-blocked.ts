import { newStage, unsettledFindings } from '@jarvis/stages';

import { commonFacts, type GateQuestion } from './gate-question.ts';
import type { RunState, StageRound } from './run-state.ts';

/** What is asked when the errors of a stage could not be mended: yes accepts what is left, no blocks the stage. */
export function askAboutBlocked({ number, stage: id }: StageRound, state: RunState): GateQuestion {
  const { findings: tracked, reason = '', contentHash = '' } = state.stages.get(id) ?? newStage;
  const name = state.roadmap?.stages.find((stage) => stage.id === id)?.brief.name ?? id;
  const findings = unsettledFindings(tracked).map(({ finding }) => finding);
  const shown = { stage: name, reason, findings };
  const facts = {
    ...commonFacts(state),
    findings: findings.length,
    errors: findings.filter(({ severity }) => severity === 'error').length,
  };
  return {
    place: 'blocked',
    name: `blocked-${String(number)}`,
    subject: { ...shown, contentHash },
    shown,
    facts,
    survivesNo: true,
  };
}
