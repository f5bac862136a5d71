import { warnDeprecated } from '../warn-deprecated.ts';
import { ApprovalDesk, type ApprovalStatus, type Patience } from './approvals/approval-desk.ts';
import { PauseManager } from './approvals/pause-manager.ts';
import type { LegacyContext } from './run/legacy-context.ts';

export { ApprovalRequiredException } from './errors.ts';
export type { ApprovalStatus, Patience } from './approvals/approval-desk.ts';

/** @deprecated JARVIS_DEP013: a run asks by itself where `gates` of the configuration say so; this tells where. */
export function request_approval(run_id: string, context?: LegacyContext): Promise<ApprovalStatus> {
  warnDeprecated('orchestrator_integration.request_approval');
  return new ApprovalDesk(context).request(run_id);
}

/** @deprecated JARVIS_DEP014: use `jarvis.approve` and `jarvis.resume`. */
export function wait_for_approval(
  request_id: string,
  patience: Patience = {},
  context?: LegacyContext,
): Promise<ApprovalStatus> {
  warnDeprecated('orchestrator_integration.wait_for_approval');
  return new ApprovalDesk(context).wait(request_id, patience);
}

/** @deprecated JARVIS_DEP015: use `readRun` and its `gates`. */
export function check_approval_status(request_id: string, context?: LegacyContext): Promise<ApprovalStatus> {
  warnDeprecated('orchestrator_integration.check_approval_status');
  return new ApprovalDesk(context).check(request_id);
}

/** @deprecated JARVIS_DEP016: use the status of the run. */
export function approval_checkpoint(run_id: string, context?: LegacyContext): Promise<void> {
  warnDeprecated('orchestrator_integration.approval_checkpoint');
  return new ApprovalDesk(context).checkpoint(run_id);
}

/** @deprecated JARVIS_DEP017: use `jarvis.resume`. */
export function get_pause_manager(context?: LegacyContext): PauseManager {
  warnDeprecated('orchestrator_integration.get_pause_manager');
  return new PauseManager(context);
}

/** @deprecated JARVIS_DEP018: use `jarvis.resume`. Runs wait by themselves, so nothing is to be paused. */
export class OrchestrationPauseManager extends PauseManager {
  constructor(context?: LegacyContext) {
    warnDeprecated('orchestrator_integration.OrchestrationPauseManager');
    super(context);
  }
}
