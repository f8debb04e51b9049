import { describe, expect, it } from '@jest/globals';
import type { Direction, Kernels, Recurrence } from '../../src/kernels/kernels.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { farthest, floatsOf, numbers, packingOf, read, rowsOf } from '../support/kernels.js';

/** Hidden units; too few to hide a mistaken index. */
const H = 3;
const LENGTHS = [7, 4, 1];
const ROWS = 12;
const DIRECTIONS = ['forward', 'backward'] as const;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

interface State {
  readonly s: readonly number[];
  readonly c: readonly number[];
}

const BEGINNING: State = { s: [0, 0, 0], c: [0, 0, 0] };

/** W, then what comes in at every row. */
interface Inputs {
  readonly W: readonly number[];
  readonly pre: readonly number[];
}

interface Unit {
  readonly gates: number;
  /** The formulas, token by token. */
  next(pre: (gate: number, h: number) => number, product: (gate: number, h: number) => number, before: State): State;
  /** The gradients of Σ G ⊙ s: of W, of the pre-activations, and of the states. */
  gradients(kernels: Kernels, recurrence: Recurrence, inputs: Inputs, G: readonly number[]): Gradients;
}

interface Gradients {
  readonly dW: number[];
  readonly dPre: number[];
  readonly dStates: number[];
}

const units = (f: (h: number) => number): number[] => [0, 1, 2].map(f);

const ELMAN: Unit = {
  gates: 1,
  next: (pre, product) => ({ s: units((h) => Math.tanh(pre(0, h) + product(0, h))), c: [] }),
  gradients(kernels, recurrence, inputs, G) {
    const [W, states, dStates] = [inputs.W, inputs.pre, G].map((values) => floatsOf(kernels, values));
    const [dPre, dW] = [kernels.floats(G.length), kernels.floats(inputs.W.length)];
    kernels.elmanForward(recurrence, 'tanh', W, states);
    kernels.elmanBackward(recurrence, 'tanh', W, states, dStates, dPre, dW);
    return { dW: read(kernels, dW), dPre: read(kernels, dPre), dStates: read(kernels, dStates) };
  },
};

const LSTM: Unit = {
  gates: 4,
  next(pre, product, before) {
    const gate = (k: number, h: number): number => pre(k, h) + product(k, h);
    const c = units((h) => sigmoid(gate(1, h)) * before.c[h] + sigmoid(gate(0, h)) * Math.tanh(gate(2, h)));
    return { s: units((h) => sigmoid(gate(3, h)) * Math.tanh(c[h])), c };
  },
  gradients(kernels, recurrence, inputs, G) {
    const [W, gates, dStates] = [inputs.W, inputs.pre, G].map((values) => floatsOf(kernels, values));
    const [cells, squashed, states, dCells] = [0, 0, 0, 0].map(() => kernels.floats(G.length));
    const dW = kernels.floats(inputs.W.length);
    const buffers = { gates, cells, squashed, states };
    kernels.lstmForward(recurrence, W, buffers);
    kernels.lstmBackward(recurrence, W, buffers, dStates, dCells, dW);
    return { dW: read(kernels, dW), dPre: read(kernels, gates), dStates: read(kernels, dStates) };
  },
};

const GRU: Unit = {
  gates: 3,
  next(pre, product, before) {
    const z = units((h) => sigmoid(pre(1, h) + product(1, h)));
    const n = units((h) => Math.tanh(pre(2, h) + sigmoid(pre(0, h) + product(0, h)) * product(2, h)));
    return { s: units((h) => (1 - z[h]) * n[h] + z[h] * before.s[h]), c: [] };
  },
  gradients(kernels, recurrence, inputs, G) {
    const [W, gates, dStates] = [inputs.W, inputs.pre, G].map((values) => floatsOf(kernels, values));
    const [recurrent, states] = [kernels.floats(G.length * 3), kernels.floats(G.length)];
    const [bh, dbh, dW] = [kernels.floats(3 * H), kernels.floats(3 * H), kernels.floats(inputs.W.length)];
    const buffers = { gates, recurrent, states };
    kernels.gruForward(recurrence, W, bh, buffers);
    kernels.gruBackward(recurrence, W, buffers, dStates, dW, dbh);
    return { dW: read(kernels, dW), dPre: read(kernels, gates), dStates: read(kernels, dStates) };
  },
};

const UNITS = [
  { name: 'elman', unit: ELMAN },
  { name: 'lstm', unit: LSTM },
  { name: 'gru', unit: GRU },
];

/** The rows of every sentence in text order. */
function sentenceRows(): number[][] {
  const kernels = new ReferenceKernels('float64');
  const packing = packingOf(kernels, LENGTHS);
  return LENGTHS.map((_, i) => rowsOf(kernels, packing, LENGTHS, i));
}

/**
 * The state of every row. `frozen`, if given, has the states that go over from one segment of k tokens to the next as constants.
 */
function run({ gates, next }: Unit, { W, pre }: Inputs, direction: Direction, k: number, frozen?: State[]): State[] {
  const C = gates * H;
  const states: State[] = [];
  for (const rows of sentenceRows()) {
    const order = rows.map((row, t) => ({ row, t }));
    if (direction === 'backward') order.reverse();
    order.forEach(({ row, t }, i) => {
      const last = order[i - 1];
      const crosses = last !== undefined && Math.floor(last.t / k) !== Math.floor(t / k);
      const before = last === undefined ? BEGINNING : (crosses && frozen ? frozen : states)[last.row];
      const product = (gate: number, h: number): number =>
        before.s.reduce((sum, s, j) => sum + s * W[j * C + gate * H + h], 0);
      states[row] = next((gate, h) => pre[row * C + gate * H + h], product, before);
    });
  }
  return states;
}

function differences(
  unit: Unit,
  inputs: Inputs,
  direction: Direction,
  k: number,
  G: readonly number[],
  of: keyof Inputs,
) {
  const frozen = run(unit, inputs, direction, k);
  const loss = (values: readonly number[]): number =>
    run(unit, { ...inputs, [of]: values }, direction, k, frozen)
      .flatMap(({ s }) => s)
      .reduce((sum, s, i) => sum + G[i] * s, 0);
  return inputs[of].map((value, i) => {
    const moved = (by: number): number => loss(inputs[of].map((other, j) => (i === j ? value + by : other)));
    return (moved(1e-5) - moved(-1e-5)) / 2e-5;
  });
}

describe.each(UNITS.flatMap((one) => DIRECTIONS.map((direction) => ({ ...one, direction }))))(
  'truncated backpropagation through time, $name, $direction',
  ({ unit, direction }) => {
    const inputs = { W: numbers(H * H * unit.gates, 1), pre: numbers(ROWS * H * unit.gates, 2) };
    const G = numbers(ROWS * H, 3);
    const withSteps = (bpttSteps: number): Gradients => {
      const kernels = new ReferenceKernels('float64');
      const recurrence = { packing: packingOf(kernels, LENGTHS), direction, hidden: H, bpttSteps };
      return unit.gradients(kernels, recurrence, inputs, G);
    };

    it.each([1, 2, 3, 5])('every %i tokens, is that of segments whose first state is a constant', (k) => {
      const { dW, dPre } = withSteps(k);
      expect(farthest(dW, differences(unit, inputs, direction, k, G, 'W'))).toBeLessThan(1e-8);
      expect(farthest(dPre, differences(unit, inputs, direction, k, G, 'pre'))).toBeLessThan(1e-8);
    });

    it.each([7, 8, 1000])('every %i tokens, which no sentence is longer than, it is the whole', (k) => {
      expect(withSteps(k)).toEqual(withSteps(0));
    });

    it('the whole one is that of uncut sentences', () => {
      const { dW, dPre } = withSteps(0);
      expect(farthest(dW, differences(unit, inputs, direction, 1000, G, 'W'))).toBeLessThan(1e-8);
      expect(farthest(dPre, differences(unit, inputs, direction, 1000, G, 'pre'))).toBeLessThan(1e-8);
    });

    it('every token, no gradient reaches another state', () => {
      expect(withSteps(1).dStates).toEqual(G);
      expect(withSteps(2).dStates).not.toEqual(G);
    });
  },
);
