import { UsageError } from '../errors.js';
import { visible } from '../text/visible.js';
import type { Score } from './score.js';

const ENTITY_METRICS = ['precision', 'recall', 'f1'] as const;
/** The unweighted mean over the types. */
const MACRO_METRICS = ['macro-precision', 'macro-recall', 'macro-f1'] as const;
const METRICS = [...ENTITY_METRICS, ...MACRO_METRICS, 'accuracy'] as const;
type Metric = (typeof METRICS)[number];

/** A least value, from 0 to 1, for a measure of one entity type or, where `type` is null, of all together. */
export interface Gate {
  readonly type: string | null;
  readonly metric: Metric;
  readonly minimum: number;
}

export interface GateResult {
  readonly gate: Gate;
  readonly value: number;
  readonly passed: boolean;
  /** One line that says how the value stands to the minimum. */
  readonly reason: string;
}

const EXAMPLE = 'write METRIC=VALUE or TYPE.METRIC=VALUE, such as f1=0.8, macro-f1=0.7 or PER.recall=0.9';

/**
 * Reads a gate such as `f1=0.8` or `PER.recall=0.9`. The type ends at the last dot, so it may hold dots and hyphens.
 *
 * @throws UsageError if it has no value, an unknown metric or a value that is not a number from 0 to 1.
 */
export function parseGate(text: string): Gate {
  const equals = text.lastIndexOf('=');
  if (equals < 0) throw new UsageError(`gate "${visible(text)}" has no value`, { hint: EXAMPLE });
  const name = text.slice(0, equals);
  const dot = name.lastIndexOf('.');
  const type = dot < 0 ? null : name.slice(0, dot);
  if (type === '') throw new UsageError(`gate "${visible(text)}" has no type before the dot`, { hint: EXAMPLE });
  const metric = parseMetric(name.slice(dot + 1), text);
  if (type !== null && !isOf(ENTITY_METRICS, metric)) {
    const hint = `${metric} is of all types; for one, use precision, recall or f1`;
    throw new UsageError(`gate "${visible(text)}" asks for the ${metric} of a type`, { hint });
  }
  return { type, metric, minimum: parseFraction(text.slice(equals + 1), `gate "${visible(text)}"`) };
}

/**
 * The gate that asks for a least micro F1, given as its value alone.
 *
 * @throws UsageError if the value is not a number from 0 to 1.
 */
export function parseMinimumF1(value: string): Gate {
  return { type: null, metric: 'f1', minimum: parseFraction(value, 'the least F1') };
}

function parseMetric(name: string, text: string): Metric {
  if (isOf(METRICS, name)) return name;
  const message = `gate "${visible(text)}" has an unknown metric: expected one of ${METRICS.join(', ')}`;
  throw new UsageError(`${message}, found "${visible(name)}"`, { hint: EXAMPLE });
}

function isOf<M extends string>(metrics: readonly M[], name: string): name is M {
  return metrics.some((metric) => metric === name);
}

function parseFraction(text: string, what: string): number {
  const value = /^(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= 1) return value;
  const message = `${what}: expected a number from 0 to 1, found "${visible(text)}"`;
  throw new UsageError(message, { hint: 'a fraction: 0.8 for 80%' });
}

/** A gate's measure without its minimum: `f1`, `PER.recall`. */
export function gateName({ type, metric }: Gate): string {
  return type === null ? metric : `${type}.${metric}`;
}

/** Holds a score against gates, in their order. A type that is nowhere in the score has the value 0. */
export function checkGates(score: Score, gates: readonly Gate[]): GateResult[] {
  return gates.map((gate) => {
    const value = measureOf(score, gate);
    const passed = value >= gate.minimum;
    return { gate, value, passed, reason: reasonFor(score, gate, value, passed) };
  });
}

function measureOf(score: Score, { type, metric }: Gate): number {
  switch (metric) {
    case 'accuracy':
      return score.accuracy;
    case 'macro-precision':
      return score.macro.precision;
    case 'macro-recall':
      return score.macro.recall;
    case 'macro-f1':
      return score.macro.f1;
    default: {
      const tally = type === null ? score.micro : score.perType.get(type);
      return tally === undefined ? 0 : tally[metric];
    }
  }
}

function reasonFor(score: Score, gate: Gate, value: number, passed: boolean): string {
  const { type, minimum } = gate;
  const relation = passed ? 'is at least' : 'is below';
  const absent = type !== null && !score.perType.has(type);
  const there = [...score.perType.keys()].join(' ');
  const remark = absent ? `: no entity of type ${type} in gold or predicted tags${there && `, but of ${there}`}` : '';
  return visible(`${gateName(gate)} ${shown(value, gate)} ${relation} ${minimum}${remark}`);
}

/** Four decimals, or all of them where four would put the value on the other side of the minimum. */
function shown(value: number, { minimum }: Gate): string {
  const rounded = Math.round(value * 10000) / 10000;
  return String(rounded < minimum === value < minimum ? rounded : value);
}
