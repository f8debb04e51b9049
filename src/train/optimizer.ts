import type { AdamStep, FloatBuffer, Kernels } from '../kernels/kernels.js';
import { type Gradients, rowsByTable } from '../network/gradients.js';
import type { Parameters } from '../network/parameters.js';

export interface OptimizerSettings {
  readonly optimizer: 'sgd' | 'adam';
  readonly learningRate: number;
  readonly tableLearningRate: number;
  readonly momentum: number;
  /** Largest norm of the dense gradient of a step; 0 never clips. */
  readonly clip: number;
}

/** Moves the weights down a gradient. */
export interface Optimizer {
  /**
   * One step on the summed gradients of `sentences` sentences, both rates multiplied by `rateFactor`. Returns the norm
   * of the dense gradient (of the mean over the sentences) before clipping; where that is not finite nothing is changed.
   */
  step(gradients: Gradients, sentences: number, rateFactor: number): number;
}

/** Allocates what the optimiser remembers in the kernels; before the first batch is loaded. */
export function createOptimizer(settings: OptimizerSettings, parameters: Parameters, kernels: Kernels): Optimizer {
  const update = settings.optimizer === 'adam' ? adam(parameters, kernels) : sgd(settings, parameters, kernels);
  return {
    step(gradients, sentences, rateFactor) {
      const scale = 1 / sentences;
      const norm = Math.sqrt(kernels.squaredNorm(gradients.dense)) * scale;
      if (!Number.isFinite(norm)) return norm;
      const clipping = settings.clip > 0 && norm > settings.clip ? settings.clip / norm : 1;
      update(gradients, {
        rate: settings.learningRate * rateFactor,
        tableRate: settings.tableLearningRate * rateFactor,
        scale: scale * clipping,
        tableScale: scale,
      });
      return norm;
    },
  };
}

interface Step {
  readonly rate: number;
  readonly tableRate: number;
  readonly scale: number;
  readonly tableScale: number;
}

type Update = (gradients: Gradients, step: Step) => void;

/** Stochastic gradient descent: momentum on the dense weights, none on the tables, whose rows are seldom touched. */
function sgd({ momentum }: OptimizerSettings, parameters: Parameters, kernels: Kernels): Update {
  const velocity = kernels.floats(parameters.dense.length);
  return (gradients, { rate, tableRate, scale, tableScale }) => {
    kernels.sgd(parameters.dense, gradients.dense, velocity, rate, momentum, scale);
    rowsByTable(gradients).forEach(({ touched, gradient }, i) => {
      kernels.sgdColumns(parameters.tables[i], touched, gradient, widthOf(parameters, i), tableRate, tableScale);
    });
  };
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-8;

/** Adam (Kingma & Ba 2015), lazy on the tables: a row's moments move only when a batch touches it. */
function adam(parameters: Parameters, kernels: Kernels): Update {
  const moments = (weights: FloatBuffer) => ({
    first: kernels.floats(weights.length),
    second: kernels.floats(weights.length),
  });
  const dense = moments(parameters.dense);
  const tables = parameters.tables.map(moments);
  // β^t as running products: Math.pow is not the same on every engine.
  let power1 = 1;
  let power2 = 1;
  return (gradients, { rate, tableRate, scale, tableScale }) => {
    power1 *= BETA1;
    power2 *= BETA2;
    const step: AdamStep = {
      rate,
      beta1: BETA1,
      beta2: BETA2,
      epsilon: EPSILON,
      correction1: 1 - power1,
      correction2: 1 - power2,
    };
    kernels.adam(parameters.dense, gradients.dense, dense.first, dense.second, step, scale);
    rowsByTable(gradients).forEach(({ touched, gradient }, i) => {
      const { first, second } = tables[i];
      const tableStep = { ...step, rate: tableRate };
      const width = widthOf(parameters, i);
      kernels.adamColumns(parameters.tables[i], touched, gradient, first, second, width, tableStep, tableScale);
    });
  };
}

function widthOf(parameters: Parameters, table: number): number {
  return parameters.shapes.tables[table].columns;
}

/** Floats that the optimiser keeps for the given number of dense and table weights. */
export function optimizerFloats(optimizer: OptimizerSettings['optimizer'], dense: number, tables: number): number {
  return optimizer === 'adam' ? 2 * (dense + tables) : dense;
}
