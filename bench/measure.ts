import { cpus, totalmem } from 'node:os';
import { canWidenVectors } from '../src/cli/wide_vectors.js';

/** A figure of ours beside another one, both measured in one run. */
export interface Row {
  readonly section: string;
  readonly name: string;
  /** What ours is compared with. */
  readonly against: string;
  readonly ours: number;
  readonly other: number;
  readonly unit: string;
  /** How many times as good as the other ours is: the median of the rounds' ratios. */
  readonly ratio: number;
}

/** Shows what has been measured so far on stderr. */
export type Tell = (line: string) => void;

/** A part of the suite. */
export type Section = (tell: Tell) => Promise<Row[]>;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/**
 * Seconds of the processor that a call takes, in all threads of this process: on one core the time that it lasts, less
 * what other programs got of the core.
 */
export function processorSeconds(run: () => void): number {
  const begin = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1e6;
}

/**
 * The results of each side in every round, all sides taking turns, so that what else the machine does meets all of
 * them. A round before the first warms up and is not counted.
 */
export async function interleaved(
  sides: ReadonlyMap<string, () => number | Promise<number>>,
  rounds: number,
): Promise<Map<string, number[]>> {
  const results = new Map<string, number[]>([...sides.keys()].map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, run] of sides) {
      const result = await run();
      if (round >= 0) results.get(name)?.push(result);
    }
  }
  return results;
}

/** The median over the rounds of a[i] / b[i]. */
export function medianRatio(a: readonly number[], b: readonly number[]): number {
  return median(a.map((value, i) => value / b[i]));
}

/** Where the figures come from; memory in GB. */
export function machine(): {
  readonly cpu: string;
  readonly cores: number;
  readonly memory: number;
  readonly node: string;
  readonly platform: string;
  /** Floats of a vector. */
  readonly vectors: 4 | 8;
} {
  const all = cpus();
  const memory = Math.round(totalmem() / 1e9);
  const vectors = canWidenVectors(process.env) ? 8 : 4;
  const platform = `${process.platform} ${process.arch}`;
  return { cpu: all[0]?.model ?? 'unknown', cores: all.length, memory, node: process.version, platform, vectors };
}

/** Three significant digits, thousands set apart. */
export function shown(value: number): string {
  if (value >= 1000) return Math.round(value).toLocaleString('en-US');
  return value.toPrecision(3);
}
