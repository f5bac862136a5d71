import { JarvisOrchestrator } from '@jarvis/loops';
import { fromLegacyConfig, twoLoopDialect } from '@jarvis/legacy-compat';

const oldConfig = { task: 'Build a page for a choir', max_cost_usd: 0.5, max_rounds: 2, use_git: false };
const { config, task = '' } = fromLegacyConfig(oldConfig);
const jarvis = new JarvisOrchestrator({ config, dialect: twoLoopDialect, workspace: 'my-project' });
const result = await jarvis.run({ task });
console.log(result.status, result.message);
await jarvis.close();
