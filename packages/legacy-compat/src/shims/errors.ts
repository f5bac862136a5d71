import { JarvisError } from '@jarvis/core';

import { warnDeprecated } from '../warn-deprecated.ts';

/** A part the predecessor let its callers replace, and this release does not; or one that does not answer as it should. */
export class LegacyProviderError extends JarvisError<'JARVIS_LEGACY_PROVIDER'> {
  readonly code = 'JARVIS_LEGACY_PROVIDER';
  readonly provider: string;

  constructor({ provider, problem, advice }: { provider: string; problem: string; advice: string }) {
    super(`The provider "${provider}" cannot be used: ${problem}. Nothing was started. ${advice}`);
    this.provider = provider;
  }
}

/** A call of an old function that cannot be carried out. */
export class LegacyCallError extends JarvisError<'JARVIS_LEGACY_CALL'> {
  readonly code = 'JARVIS_LEGACY_CALL';

  constructor({ problem, advice, cause }: { problem: string; advice: string; cause?: unknown }) {
    super(`This call cannot be made: ${problem}. Nothing was started. ${advice}`, { cause });
  }
}

/** What was asked of the old approvals, and has no answer here. */
export class LegacyApprovalError extends JarvisError<'JARVIS_LEGACY_APPROVAL'> {
  readonly code = 'JARVIS_LEGACY_APPROVAL';
  readonly requestId: string;

  constructor({ requestId, problem, advice }: { requestId: string; problem: string; advice: string }) {
    super(`${requestId}: ${problem}. ${advice}`);
    this.requestId = requestId;
  }
}

/** A run waits for a person. A run that is started by a new name says so in its status. */
export class ApprovalRequiredException extends JarvisError<'JARVIS_LEGACY_APPROVAL_REQUIRED'> {
  readonly code = 'JARVIS_LEGACY_APPROVAL_REQUIRED';
  readonly request_id: string;

  constructor(request_id: string, message = 'A person has to decide first') {
    super(`${message} (${request_id}). Decide with: jarvis approve ${request_id.split('/', 1).join('')}`);
    this.request_id = request_id;
    warnDeprecated('orchestrator_integration.ApprovalRequiredException');
  }
}
