import type { FloatBuffer, Kernels } from '../kernels/kernels.js';
import type { Gradients, TouchedRows } from '../network/gradients.js';
import { type Parameters, tablesOf } from '../network/parameters.js';

export interface OptimizerSettings {
  readonly optimizer: 'sgd' | 'adam';
  /** Of the tables; left out or `same`, it is that of the dense weights. */
  readonly tableOptimizer?: 'same' | 'sgd' | 'adam' | 'adagrad';
  readonly learningRate: number;
  readonly tableLearningRate: number;
  readonly momentum: number;
  /** β2 of Adam on the dense weights; 0.999 where left out. */
  readonly adamBeta2?: number;
  /** Largest norm of the dense gradient of a step; 0 never clips. */
  readonly clip: number;
}

/** What is the same for all weights in a step. */
export interface Step {
  /** Learning rates of the dense weights and of the tables. */
  readonly rate: number;
  readonly tableRate: number;
  /** What the summed gradients are multiplied by: 1 / sentences. */
  readonly scale: number;
  /** 1 − β1^t and 1 − β2^t of Adam. */
  readonly correction1: number;
  readonly correction2: number;
  /** 1 − β2^t of Adam on the tables. */
  readonly tableCorrection2: number;
}

/** Buffers shaped like the dense weights and like the tables: velocity, Adam's first and second moments, or Adagrad's squares. */
export interface OptimizerMemory {
  readonly dense: readonly FloatBuffer[];
  readonly tables: readonly (readonly FloatBuffer[])[];
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;
const ADAGRAD_EPSILON = 1e-6;

/** Gives the steps of a run in turn, from the number of sentences of a batch and what both rates are multiplied by. */
export function stepsOf(settings: OptimizerSettings): (sentences: number, rateFactor: number) => Step {
  // β^t as running products: Math.pow is not the same on every engine.
  let power1 = 1;
  let power2 = 1;
  let tablePower2 = 1;
  return (sentences, rateFactor) => {
    power1 *= BETA1;
    power2 *= settings.adamBeta2 ?? BETA2;
    tablePower2 *= BETA2;
    return {
      rate: settings.learningRate * rateFactor,
      tableRate: settings.tableLearningRate * rateFactor,
      scale: 1 / sentences,
      correction1: 1 - power1,
      correction2: 1 - power2,
      tableCorrection2: 1 - tablePower2,
    };
  };
}

/** What an optimiser remembers, all zeros. */
export function takeOptimizerMemory(
  settings: OptimizerSettings,
  { dense, tables }: Parameters,
  kernels: Kernels,
): OptimizerMemory {
  const take = ({ length }: FloatBuffer, count: number): FloatBuffer[] =>
    Array.from({ length: count }, () => kernels.floats(length));
  const { ofDense, ofTables } = copiesOf(settings);
  return { dense: take(dense, ofDense), tables: tables.map((table) => take(table, ofTables)) };
}

/** Floats that the optimiser keeps for the given number of dense and table weights. */
export function optimizerFloats(settings: OptimizerSettings, dense: number, tables: number): number {
  const { ofDense, ofTables } = copiesOf(settings);
  return ofDense * dense + ofTables * tables;
}

/** How many numbers are kept for a weight. */
function copiesOf(settings: OptimizerSettings): { ofDense: number; ofTables: number } {
  return {
    ofDense: settings.optimizer === 'adam' ? 2 : 1,
    ofTables: { sgd: 0, adam: 2, adagrad: 1 }[tableRule(settings)],
  };
}

function tableRule({ optimizer, tableOptimizer = 'same' }: OptimizerSettings): 'sgd' | 'adam' | 'adagrad' {
  return tableOptimizer === 'same' ? optimizer : tableOptimizer;
}

/**
 * Moves the weights down a gradient: by stochastic gradient descent, with momentum on the dense weights and none on the
 * tables, whose rows are seldom touched; or by Adam (Kingma & Ba 2015), lazy on the tables: a row's moments move only when
 * a batch touches it; the tables also by Adagrad (Duchi, Hazan & Singer 2011). Whoever has a row of a table alone may move it while others move the rest.
 */
export class Optimizer {
  constructor(
    private readonly settings: OptimizerSettings,
    private readonly parameters: Parameters,
    private readonly memory: OptimizerMemory,
    private readonly kernels: Kernels,
  ) {}

  /**
   * Moves the dense weights. Returns the norm of the gradient (of the mean over the sentences) before clipping; where that
   * is not finite nothing is changed.
   */
  moveDense(gradient: FloatBuffer, step: Step): number {
    const { settings, parameters, memory, kernels } = this;
    const norm = Math.sqrt(kernels.squaredNorm(gradient)) * step.scale;
    if (!Number.isFinite(norm)) return norm;
    const clipping = settings.clip > 0 && norm > settings.clip ? settings.clip / norm : 1;
    const scale = step.scale * clipping;
    if (settings.optimizer === 'sgd') {
      kernels.sgd(parameters.dense, gradient, memory.dense[0], step.rate, settings.momentum, scale);
    } else {
      const [first, second] = memory.dense;
      const { rate, correction1, correction2 } = step;
      const beta2 = settings.adamBeta2 ?? BETA2;
      const adamStep = { rate, beta1: BETA1, beta2, epsilon: EPSILON, correction1, correction2 };
      kernels.adam(parameters.dense, gradient, first, second, adamStep, scale);
    }
    return norm;
  }

  /** Whether moving a row by several gradients in turn is, but for rounding, moving it by their sum. */
  get takesTurns(): boolean {
    return tableRule(this.settings) === 'sgd';
  }

  /** Moves the touched rows of the tables of the input, or of the one added to the emissions. */
  moveRows({ touched, tables }: TouchedRows, use: 'input' | 'wide', step: Step): void {
    const { settings, parameters, memory, kernels } = this;
    const first = use === 'input' ? 0 : tablesOf(parameters.shapes, 'input').length;
    const { tableRate: rate, correction1, tableCorrection2: correction2, scale } = step;
    const adamStep = { rate, beta1: BETA1, beta2: BETA2, epsilon: EPSILON, correction1, correction2 };
    tables.forEach((gradient, i) => {
      const table = parameters.tables[first + i];
      const { columns } = parameters.shapes.tables[first + i];
      const [m, v] = memory.tables[first + i];
      switch (tableRule(settings)) {
        case 'sgd':
          kernels.sgdColumns(table, touched, gradient, columns, rate, scale);
          break;
        case 'adam':
          kernels.adamColumns(table, touched, gradient, m, v, columns, adamStep, scale);
          break;
        case 'adagrad':
          kernels.adagradColumns(table, touched, gradient, m, columns, rate, ADAGRAD_EPSILON, scale);
          break;
      }
    });
  }

  /** Moves all that a batch's gradients reach; returns what `moveDense` does. */
  move(gradients: Gradients, step: Step): number {
    const norm = this.moveDense(gradients.dense, step);
    if (!Number.isFinite(norm)) return norm;
    this.moveRows(gradients, 'input', step);
    if (gradients.wide !== undefined) this.moveRows(gradients.wide, 'wide', step);
    return norm;
  }
}
