import { describe, expect, it } from 'vitest';

import { changeOf } from '../../test/changes.ts';
import { plan } from '../../test/planned-stages.ts';
import { createRoadmap } from '../create-roadmap.ts';
import { applyMutation } from '../mutation/apply-mutation.ts';
import { renderRoadmapJson } from './json.ts';
import { renderRoadmapMermaid } from './mermaid.ts';

const ROADMAP = applyMutation(
  createRoadmap([plan('shop'), plan('end', 'shop')]),
  changeOf({ type: 'start', stageId: 'shop' }),
).roadmap;

describe('renderRoadmapMermaid', () => {
  it('draws an arrow from each stage to those that wait for it', () => {
    expect(renderRoadmapMermaid(ROADMAP)).toBe(
      [
        'flowchart TD',
        '  s0["The shop<br/>shop · active"]:::active',
        '  s1["The end<br/>end · pending"]:::pending',
        '  s0 --> s1',
        '  classDef active fill:#cfe8ff,stroke:#1f6feb,color:#0a3069',
        '  classDef pending fill:#eeeeee,stroke:#888888,color:#222222',
      ].join('\n'),
    );
  });

  it('shows a name as text, whatever it tries to be', () => {
    const { brief } = plan('shop');
    const name = '"]:::x\n<script>`#quot;` Bäckerei & 東京';

    const text = renderRoadmapMermaid(createRoadmap([{ id: 'shop', brief: { ...brief, name } }]));

    expect(text.split('\n')[1]).toBe(
      '  s0["#34;#93;:::x#92;u#123;a#125;#60;script#62;#96;#35;quot#59;#96; Bäckerei #38; 東京<br/>shop · pending"]:::pending',
    );
  });
});

describe('renderRoadmapJson', () => {
  it('says how far the roadmap has come and what may start', () => {
    const completed = applyMutation(ROADMAP, changeOf({ type: 'complete', stageId: 'shop' })).roadmap;

    expect(JSON.parse(renderRoadmapJson(completed))).toEqual({
      format: 1,
      version: 3,
      stages: completed.stages,
      progress: expect.objectContaining({ total: 2, finished: 1, ratio: 0.5 }) as object,
      ready: ['end'],
    });
  });
});
