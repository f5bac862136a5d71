import type { InboxEntry } from '@jarvis/core';

import { describeMutation } from '../agents/describe-mutation.ts';
import { type InboxCommand, readCommand } from '../engine/inbox.ts';
import { describeAmendment } from './describe-record.ts';

/**
 * What people have told a run that is not on record yet, a sentence for each; use it to show what holds from the next
 * action on, or from `resume`.
 */
export function describePosted(inbox: readonly InboxEntry[]): readonly string[] {
  return inbox.map((entry) => {
    const command = readCommand(entry);
    return 'problem' in command
      ? `What was posted as ${entry.id} cannot be understood: ${command.problem}`
      : describeCommand(command);
  });
}

function describeCommand(command: InboxCommand): string {
  switch (command.type) {
    case 'amend':
      return describeAmendment(command.amendment);
    case 'cancel':
      return `To be cancelled${tellReason(command.reason)}`;
    case 'decide': {
      const { by, role, verdict, gateId, reason } = command.decision;
      return `${by} (${role}): ${verdict} ${gateId}${tellReason(reason)}`;
    }
    case 'roadmap': {
      const { author, mutation, reason } = command.change;
      return `Roadmap, by ${author}, a person: ${describeMutation(mutation)}${tellReason(reason)}`;
    }
    case 'forget':
      return 'Later runs are told nothing of this one';
  }
}

function tellReason(reason: string | undefined): string {
  return reason === undefined ? '' : `: ${reason}`;
}
