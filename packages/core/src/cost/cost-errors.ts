import { JarvisError } from '../errors/jarvis-error.ts';
import { capFlagOf, capKeyOf, type CostScope, describeScope } from './cost-scope.ts';
import { type NanoUsd, renderUsd, toUsd } from './money.ts';

/** Which cap was reached, and by how much; amounts as the ledger keeps them. */
export interface CostCapFacts {
  /** The least the next call may cost. */
  readonly needed: NanoUsd;
  readonly available: NanoUsd;
  readonly cap: NanoUsd;
  /** What the cap is put on. Default: the run. */
  readonly scope?: CostScope;
}

/** The next call does not fit under a cap. Nothing was sent. */
export class CostCapReachedError extends JarvisError<'JARVIS_COST_CAP_REACHED'> {
  readonly code = 'JARVIS_COST_CAP_REACHED';
  /** What the cap is put on that leaves the least. */
  readonly scope: CostScope;
  /** The least the next call may cost, in US dollars. */
  readonly neededUsd: number;
  readonly availableUsd: number;
  readonly capUsd: number;

  constructor({ needed, available, cap, scope = { type: 'run' } }: CostCapFacts) {
    super(
      `Cost cap of ${describeScope(scope)} reached: the next call may cost ${renderUsd(needed)}, ` +
        `${renderUsd(available)} of ${renderUsd(cap)} is left. ` +
        `Raise ${capKeyOf(scope)} (${capFlagOf(scope)}) or choose a cheaper model.`,
    );
    this.scope = scope;
    this.neededUsd = toUsd(needed);
    this.availableUsd = toUsd(available);
    this.capUsd = toUsd(cap);
  }
}

/** A model is asked for whose price is not known, so that the cap could not be held. Nothing was sent. */
export class UnknownPriceError extends JarvisError<'JARVIS_COST_UNKNOWN_PRICE'> {
  readonly code = 'JARVIS_COST_UNKNOWN_PRICE';
  readonly model: string;

  constructor({ model }: { model: string }) {
    super(
      `The price of model "${model}" is not known, so the cost cap could not be held. Add it to the ` +
        `configuration: costs.prices["${model}"] = { "input": …, "output": … } in US dollars per million tokens.`,
    );
    this.model = model;
  }
}
