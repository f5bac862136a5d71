import { addNotes } from './add-notes.ts';
import { HIGHEST_PRICE, MOST_STAGES } from './limits.ts';
import type { OldCall, OldRun, OldStage } from './old-run.ts';

/** A run without what no record can carry, and what was left out or changed for it. */
export function fitRun(run: OldRun): OldRun {
  const stages = run.stages.slice(0, MOST_STAGES).map(fitStage);
  const calls = run.calls.map(fitCall);
  const sums = run.sums.map(fitCall);
  const isCut = run.stages.length > MOST_STAGES;
  const hasOddSteps = stages.some(
    ({ planSteps }, index) => planSteps.length < (run.stages[index]?.planSteps.length ?? 0),
  );
  const hasOddNumbers = [...run.calls, ...run.sums].some((call) => !isFit(call));
  return addNotes({ ...run, stages, calls, sums }, [
    ...(isCut
      ? [
          `its roadmap has ${String(run.stages.length)} stages; those behind the first ${String(MOST_STAGES)} were left out`,
        ]
      : []),
    ...(hasOddSteps ? ['steps of the plan that are no numbers of steps were left out'] : []),
    ...(hasOddNumbers ? ['prices and counts of tokens that cannot be true count as 0'] : []),
  ]);
}

function fitStage(stage: OldStage): OldStage {
  return { ...stage, planSteps: stage.planSteps.filter((step) => Number.isSafeInteger(step) && step >= 0) };
}

function fitCall(call: OldCall): OldCall {
  if (isFit(call)) return call;
  const { inputTokens, outputTokens, usd } = call;
  return {
    ...call,
    inputTokens: isCount(inputTokens) ? inputTokens : 0,
    outputTokens: isCount(outputTokens) ? outputTokens : 0,
    usd: isPrice(usd) ? usd : 0,
  };
}

function isFit({ inputTokens, outputTokens, usd }: OldCall): boolean {
  return isCount(inputTokens) && isCount(outputTokens) && isPrice(usd);
}

function isCount(tokens: number): boolean {
  return tokens >= 0 && tokens <= Number.MAX_SAFE_INTEGER;
}

function isPrice(usd: number): boolean {
  return usd >= 0 && usd <= HIGHEST_PRICE;
}
