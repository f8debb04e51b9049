/**
 * How fast the WebAssembly kernels are beside plain loops, and beside the most that the processor can do without fused
 * multiply-add (assembly/peak.ts). Nothing is timed whose results do not agree.
 */
import type { Kernels } from '../src/kernels/kernels.js';
import { ReferenceKernels } from '../src/kernels/reference.js';
import type { WasmKernels } from '../src/kernels/wasm.js';
import { CASES, type Case } from './kernel_cases.js';
import { interleaved, median, medianRatio, processorSeconds, type Row, type Section } from './measure.js';
import { createKernels } from './ours.js';

const ROUNDS = 11;
const SECONDS = 0.02;
const TOLERANCE = 1e-4;
/** Rounds of the peak in a run, and operations of each. */
const [PEAK_ROUNDS, PEAK_OPERATIONS] = [20_000, 96];

/** Every case against plain loops and against the peak. */
export const kernels: Section = async (tell) => {
  const wasm = await createKernels();
  const reference = new ReferenceKernels('float32');
  const rows: Row[] = [];
  for (const one of CASES) {
    const [fast, slow, peak] = await measure(one, wasm, reference);
    const row = { section: 'kernels', name: one.name, ours: median(fast), unit: 'GFLOP/s' };
    rows.push({ ...row, against: 'plain loops', other: median(slow), ratio: medianRatio(fast, slow) });
    rows.push({ ...row, against: 'peak without FMA', other: median(peak), ratio: medianRatio(fast, peak) });
    tell(`${one.name}: ${median(fast).toFixed(1)} of ${median(peak).toFixed(1)} GFLOP/s`);
  }
  return rows;
};

/** GFLOP/s in every round: of a case in WebAssembly and in plain loops, and of the peak. */
async function measure(one: Case, wasm: WasmKernels, reference: Kernels): Promise<number[][]> {
  const sides = [wasm, reference];
  const marks = sides.map((side) => side.mark());
  const prepared = sides.map((side) => one.prepare(side));
  for (const { run } of prepared) run();
  const [actual, expected] = prepared.map(({ left }, i) => left.map((buffer) => sides[i].view(buffer)));
  checkAgreement(one.name, actual, expected);
  const [fast, slow] = prepared.map(({ run }) => rateOf(run, one.operations));
  const peak = rateOf(() => wasm.peak(PEAK_ROUNDS), PEAK_ROUNDS * PEAK_OPERATIONS);
  const rates = await interleaved(
    new Map([
      ['wasm', fast],
      ['plain', slow],
      ['peak', peak],
    ]),
    ROUNDS,
  );
  sides.forEach((side, i) => {
    side.release(marks[i]);
  });
  return [...rates.values()];
}

/** Measures GFLOP/s over so many runs that the clock does not matter. */
function rateOf(run: () => void, operations: number): () => number {
  for (let i = 0; i < 3; i++) run();
  const runs = Math.ceil(SECONDS / (processorSeconds(run) + 1e-6));
  const all = (): void => {
    for (let i = 0; i < runs; i++) run();
  };
  return () => (operations * runs) / processorSeconds(all) / 1e9;
}

/** Throws Error where the results of the first runs are not the same but for rounding. */
function checkAgreement(name: string, actual: readonly ArrayLike<number>[], expected: readonly ArrayLike<number>[]) {
  expected.forEach((list, i) => {
    let largest = 0;
    let worst = 0;
    for (let j = 0; j < list.length; j++) {
      largest = Math.max(largest, Math.abs(list[j]));
      worst = Math.max(worst, Math.abs(actual[i][j] - list[j]));
    }
    if (!(worst <= TOLERANCE * largest)) throw new Error(`${name}: result ${i} differs by ${worst} of ${largest}`);
  });
}
