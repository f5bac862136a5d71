import { JarvisError } from '../errors/jarvis-error.ts';
import { type NanoUsd, renderUsd, toUsd } from './money.ts';

/** The next call does not fit under the cap. Nothing was sent. */
export class CostCapReachedError extends JarvisError<'JARVIS_COST_CAP_REACHED'> {
  readonly code = 'JARVIS_COST_CAP_REACHED';
  /** The least the next call may cost, in US dollars. */
  readonly neededUsd: number;
  readonly availableUsd: number;
  readonly capUsd: number;

  constructor({ needed, available, cap }: { needed: NanoUsd; available: NanoUsd; cap: NanoUsd }) {
    super(
      `Cost cap reached: the next call may cost ${renderUsd(needed)}, ${renderUsd(available)} of ` +
        `${renderUsd(cap)} is left. Raise costs.capUsd (--max-cost) or choose a cheaper model.`,
    );
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
