import type { FloatBuffer, Kernels } from '../kernels/kernels.js';
import type { Gradients, TouchedRows } from '../network/gradients.js';
import { type Parameters, tablesOf } from '../network/parameters.js';

export interface OptimizerSettings {
  readonly optimizer: 'sgd' | 'adam';
  readonly learningRate: number;
  readonly tableLearningRate: number;
  readonly momentum: number;
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
}

/** Buffers shaped like the dense weights and like the tables: velocity, or Adam's first and second moments. */
export interface OptimizerMemory {
  readonly dense: readonly FloatBuffer[];
  readonly tables: readonly (readonly FloatBuffer[])[];
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** Gives the steps of a run in turn, from the number of sentences of a batch and what both rates are multiplied by. */
export function stepsOf(settings: OptimizerSettings): (sentences: number, rateFactor: number) => Step {
  // β^t as running products: Math.pow is not the same on every engine.
  let power1 = 1;
  let power2 = 1;
  return (sentences, rateFactor) => {
    power1 *= BETA1;
    power2 *= BETA2;
    return {
      rate: settings.learningRate * rateFactor,
      tableRate: settings.tableLearningRate * rateFactor,
      scale: 1 / sentences,
      correction1: 1 - power1,
      correction2: 1 - power2,
    };
  };
}

/** What an optimiser remembers, all zeros. */
export function takeOptimizerMemory(
  { optimizer }: OptimizerSettings,
  { dense, tables }: Parameters,
  kernels: Kernels,
): OptimizerMemory {
  const like = ({ length }: FloatBuffer): FloatBuffer => kernels.floats(length);
  if (optimizer === 'sgd') return { dense: [like(dense)], tables: tables.map(() => []) };
  return { dense: [like(dense), like(dense)], tables: tables.map((table) => [like(table), like(table)]) };
}

/** Floats that the optimiser keeps for the given number of dense and table weights. */
export function optimizerFloats(optimizer: OptimizerSettings['optimizer'], dense: number, tables: number): number {
  return optimizer === 'adam' ? 2 * (dense + tables) : dense;
}

/**
 * Moves the weights down a gradient: by stochastic gradient descent, with momentum on the dense weights and none on the
 * tables, whose rows are seldom touched; or by Adam (Kingma & Ba 2015), lazy on the tables: a row's moments move only when
 * a batch touches it. Whoever has a row of a table alone may move it while others move the rest.
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
      kernels.adam(parameters.dense, gradient, first, second, adamStep(step, step.rate), scale);
    }
    return norm;
  }

  /** Moves the touched rows of the tables of the input, or of the one added to the emissions. */
  moveRows({ touched, tables }: TouchedRows, use: 'input' | 'wide', step: Step): void {
    const { settings, parameters, memory, kernels } = this;
    const first = use === 'input' ? 0 : tablesOf(parameters.shapes, 'input').length;
    tables.forEach((gradient, i) => {
      const table = parameters.tables[first + i];
      const { columns } = parameters.shapes.tables[first + i];
      if (settings.optimizer === 'sgd') {
        kernels.sgdColumns(table, touched, gradient, columns, step.tableRate, step.scale);
      } else {
        const [m, v] = memory.tables[first + i];
        kernels.adamColumns(table, touched, gradient, m, v, columns, adamStep(step, step.tableRate), step.scale);
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

function adamStep({ correction1, correction2 }: Step, rate: number) {
  return { rate, beta1: BETA1, beta2: BETA2, epsilon: EPSILON, correction1, correction2 };
}
