import { JarvisOrchestrator, OrchestratorMode } from '@jarvis/loops';

const jarvis = new JarvisOrchestrator({
  mode: OrchestratorMode.SIMPLE_2LOOP,
  config: { costs: { capUsd: 1.5 } },
  workspace: 'my-project',
});
const result = await jarvis.run({ task: 'Build a landing page for a bakery' });
console.log(result.status, result.cost.spentUsd, result.nextCommand);
await jarvis.close();
