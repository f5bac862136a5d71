import { JarvisError } from '../errors/jarvis-error.ts';

/** A rule set that leaves some question without a model, because its last rule does not apply always. */
export class IncompleteRoutingError extends JarvisError<'JARVIS_ROUTING_INCOMPLETE'> {
  readonly code = 'JARVIS_ROUTING_INCOMPLETE';
  /** The place of the last rule, counted from 0; left out when there is no rule at all. */
  readonly rule: number | undefined;
  /** The facts the last rule depends on. */
  readonly facts: readonly string[];

  constructor({ rule, facts }: { rule: number | undefined; facts: readonly string[] }) {
    super(
      rule === undefined
        ? 'There is no routing rule. Write one that applies always: { "when": {}, "model": …, "because": … }.'
        : `Routing rule ${String(rule)}, the last one, applies only for a certain ${facts.join(', ')}, so some ` +
            'questions would have no model. Add a rule with "when": {} after it.',
    );
    this.rule = rule;
    this.facts = facts;
  }
}
