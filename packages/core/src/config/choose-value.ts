import type { ConfigInput } from './config-schema.ts';

/** A configuration and where it was written. */
export interface ConfigLayer {
  readonly origin: string;
  /**
   * `project` layers come with the project's files: they may tighten limits, never loosen them or redirect calls.
   * `trusted` ones do as well, but a person has read them: they count like the user's own, and never redirect calls.
   */
  readonly level: 'user' | 'project' | 'trusted';
  readonly config: ConfigInput;
}

/** One value of the configuration: where it stands, what applies where nobody wrote it, who decides it. */
export interface ConfigValue<Value> {
  readonly read: (config: ConfigInput) => Value | undefined;
  readonly fallback: Value;
  /**
   * A project file may set it unless the user did, may only lower it, may only set what stands later in the order, may
   * add to it, is not heard, or may not set it unless it is trusted; `never`: not even then.
   */
  readonly project: 'fills-in' | 'lowers' | 'tightens' | 'adds' | 'ignored' | 'if-trusted' | 'never';
  /** For what is tightened: the values, the strictest last. */
  readonly order?: readonly Value[];
  /** How a later layer is put over an earlier one, when it does not replace it. */
  readonly combine?: (before: Value, written: Value) => Value;
}

/** Something a project file says and may not decide. */
export interface Objection {
  readonly origin: string;
  readonly problem: string;
  /** Whether the file cannot be used at all, rather than in this point. */
  readonly isFatal: boolean;
}

/** The value that applies. */
export interface Choice<Value> {
  readonly value: Value;
  /** Where it was written, or `default`. */
  readonly origin: string;
  readonly objections: readonly Objection[];
}

interface Standing<Value> extends Choice<Value> {
  readonly isUsers: boolean;
}

/** Finds out which value applies, the layers read in order; later ones win as far as they may. */
export function chooseValue<Value>(
  layers: readonly ConfigLayer[],
  wanted: ConfigValue<Value>,
): Choice<Value> {
  const start: Standing<Value> = {
    value: wanted.fallback,
    origin: 'default',
    objections: [],
    isUsers: false,
  };
  const { value, origin, objections } = layers.reduce(
    (standing, layer) => putOver(standing, layer, wanted),
    start,
  );
  return { value, origin, objections };
}

function putOver<Value>(
  standing: Standing<Value>,
  layer: ConfigLayer,
  wanted: ConfigValue<Value>,
): Standing<Value> {
  const written = wanted.read(layer.config);
  if (written === undefined) return standing;

  const { origin, level } = layer;
  const objection = objectToLevel(written, standing, { level, wanted });
  if (objection !== undefined) {
    return { ...standing, objections: [...standing.objections, { origin, ...objection }] };
  }
  const value = wanted.combine?.(standing.value, written) ?? written;
  return { ...standing, value, origin, isUsers: level !== 'project' };
}

type Wanted<Value> = Pick<ConfigValue<Value>, 'project' | 'order'>;

interface Claim<Value> {
  readonly level: ConfigLayer['level'];
  readonly wanted: Wanted<Value>;
}

function objectToLevel<Value>(
  written: Value,
  standing: Standing<Value>,
  { level, wanted }: Claim<Value>,
): Omit<Objection, 'origin'> | undefined {
  switch (level) {
    case 'user':
      return undefined;
    case 'trusted':
      return wanted.project === 'never' ? objectTo(written, standing, wanted) : undefined;
    case 'project':
      return objectTo(written, standing, wanted);
  }
}

function objectTo<Value>(
  written: Value,
  standing: Standing<Value>,
  { project, order = [] }: Wanted<Value>,
): Omit<Objection, 'origin'> | undefined {
  switch (project) {
    case 'never':
      return {
        problem: 'a project file may not set this. Put it into your own configuration, or use a flag.',
        isFatal: true,
      };
    case 'if-trusted':
      return {
        problem:
          'a project file may not set this unless you trust it (jarvis trust). ' +
          'Or put it into your own configuration, or use a flag.',
        isFatal: true,
      };
    case 'ignored':
      return {
        problem: 'only your own configuration decides this, or a file you trust (jarvis trust).',
        isFatal: false,
      };
    case 'adds':
      return undefined;
    case 'lowers':
      return objectToLimit(written, standing.value);
    case 'tightens':
      return order.indexOf(written) < order.indexOf(standing.value)
        ? { problem: `${HARDER} It stays ${String(standing.value)}.`, isFatal: false }
        : undefined;
    case 'fills-in':
      return standing.isUsers
        ? { problem: 'your own configuration decides this.', isFatal: false }
        : undefined;
  }
}

const HARDER = 'a project file may make this stricter, not laxer, unless you trust it (jarvis trust).';

function objectToLimit(written: unknown, before: unknown): Omit<Objection, 'origin'> | undefined {
  if (typeof written !== 'number')
    return {
      problem: 'a project file may lower the cap, not lift it, unless you trust it (jarvis trust).',
      isFatal: true,
    };
  if (typeof before !== 'number' || written <= before) return undefined;
  return {
    problem: `a project file may lower this limit, not raise it, unless you trust it (jarvis trust). It stays ${String(before)}.`,
    isFatal: false,
  };
}
