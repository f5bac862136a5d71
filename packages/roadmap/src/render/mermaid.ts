import { escapeUnsafe } from '../escape-unsafe.ts';
import type { RoadmapStage, StageStatus } from '../roadmap-stage.ts';
import type { Roadmap } from '../roadmap.ts';

const COLOURS: Readonly<Record<StageStatus, string>> = {
  pending: 'fill:#eeeeee,stroke:#888888,color:#222222',
  active: 'fill:#cfe8ff,stroke:#1f6feb,color:#0a3069',
  completed: 'fill:#d2f4d3,stroke:#2da44e,color:#0b4a1c',
  skipped: 'fill:#f6f8fa,stroke:#aaaaaa,color:#666666,stroke-dasharray:4',
  reopened: 'fill:#fff3c4,stroke:#bf8700,color:#4d3800',
  blocked: 'fill:#ffd7d5,stroke:#cf222e,color:#660018',
  pending_retry: 'fill:#ffe5cc,stroke:#bc4c00,color:#5a2500',
};

/**
 * Renders a roadmap as a Mermaid flowchart, for Markdown that is shown in colour: an arrow from each stage to those that
 * wait for it.
 *
 * Names are escaped: whatever a model calls a stage, it is shown as text.
 */
export function renderRoadmapMermaid({ stages }: Roadmap): string {
  // A stage may be called "end", which would be a word of the language.
  const nodes = new Map(stages.map(({ id }, index) => [id, `s${String(index)}`]));
  const used = new Set(stages.map(({ status }) => status));
  const lines = [
    ...stages.map((stage) => `${nodes.get(stage.id) ?? ''}["${renderLabel(stage)}"]:::${stage.status}`),
    ...stages.flatMap(({ id, dependsOn }) =>
      dependsOn.map((other) => `${nodes.get(other) ?? ''} --> ${nodes.get(id) ?? ''}`),
    ),
    ...[...used].map((status) => `classDef ${status} ${COLOURS[status]}`),
  ];

  return ['flowchart TD', ...lines.map((line) => `  ${line}`)].join('\n');
}

function renderLabel({ id, brief, status }: RoadmapStage): string {
  return `${escapeMermaid(brief.name)}<br/>${id} · ${status}`;
}

/** Everything that is neither a letter nor a digit nor plain punctuation becomes an entity, the way Mermaid writes them. */
function escapeMermaid(text: string): string {
  return escapeUnsafe(text).replace(
    /[^\p{L}\p{M}\p{N} .,:!?'/()-]/gu,
    (character) => `#${String(character.codePointAt(0) ?? 0)};`,
  );
}
