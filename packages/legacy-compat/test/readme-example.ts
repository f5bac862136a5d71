import assert from 'node:assert/strict';
import { fromLegacyConfig, toTwoLoopStatus, twoLoopDialect } from '@jarvis/legacy-compat';
import { JarvisOrchestrator } from '@jarvis/loops';
import { ScriptedLlmClient, testRunContext } from '@jarvis/core/testing';

const { config, task = '', notes } = fromLegacyConfig({ task: 'Make a page', max_cost_usd: 0 });
assert.match(notes.join(), /meant no cap/);

const answers = ['{"plan": []}', '{"files": {"index.html": "<h1>"}}', '{"status": "approved"}'];
const context = testRunContext({ llm: new ScriptedLlmClient(answers) }); // leave it out to ask a real model
const jarvis = new JarvisOrchestrator({ config, dialect: twoLoopDialect, context });
assert.equal(toTwoLoopStatus(await jarvis.run({ task })), 'approved');
