import type { RoadmapMutation } from '@jarvis/roadmap';

/** A change of the roadmap in a few words, with the stages it is about; use it to tell people what was or will be changed. */
export function describeMutation(mutation: RoadmapMutation): string {
  switch (mutation.type) {
    case 'add':
      return `add the stage ${mutation.stage.id} (${mutation.stage.brief.goal})`;
    case 'merge':
      return `merge ${mutation.stageIds.join(', ')} into ${mutation.into.id}`;
    case 'split':
      return `split ${mutation.stageId} into ${mutation.into.map(({ id }) => id).join(', ')}`;
    case 'reorder':
      return `work in the order ${mutation.stageIds.join(', ')}`;
    case 'drop':
    case 'skip':
    case 'start':
    case 'complete':
    case 'reopen':
    case 'block':
    case 'postpone':
      return `${mutation.type} ${mutation.stageId}`;
  }
}
