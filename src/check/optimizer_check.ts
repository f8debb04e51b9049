import { DataError } from '../errors.js';
import type { Kernels } from '../kernels/kernels.js';
import { Parameters } from '../network/parameters.js';
import { Optimizer, type OptimizerSettings, stepsOf, takeOptimizerMemory } from '../train/optimizer.js';
import type { OptimizersReference } from './reference_file.js';
import { type Difference, tensorError } from './tensor.js';

/** What the optimisers here have fixed, and a run must have as well. */
const FIXED: ReadonlyMap<string, number> = new Map([
  ['beta1', 0.9],
  ['beta2', 0.999],
  ['eps', 1e-8],
]);

/**
 * Takes every run's steps and compares the weights after each of them, as dense weights and, as those have no momentum,
 * also as a column table where the run has none.
 *
 * @throws DataError where a run is not one of an optimiser here, or the file's members do not fit one another
 */
export function checkOptimizers(file: OptimizersReference, kernels: Kernels, source: string): Difference[] {
  const at = { source };
  const n = file.start.length;
  file.gradients.forEach((gradient, step) => {
    if (gradient.length !== n) throw new DataError(`gradients[${step}]: expected ${n} numbers`, { at });
  });
  return file.runs.flatMap(({ optimizer, weights }, index) => {
    const steps = file.gradients.length;
    if (weights.length !== steps || weights.some((row) => row.length !== n)) {
      throw new DataError(`runs[${index}].weights: expected ${steps} × ${n} numbers`, { at });
    }
    const settings = parseRun(optimizer, `runs[${index}].optimizer`, source);
    const taken = takeSteps(file, settings, kernels);
    const row = (name: string, actual: readonly Float64Array[]): Difference => ({
      name,
      shape: [steps, n],
      error: Math.max(...weights.map((expected, step) => tensorError(actual[step], expected))),
    });
    const dense = row(optimizer, taken.dense);
    return settings.momentum > 0 ? [dense] : [dense, row(`${optimizer} (table)`, taken.table)];
  });
}

/** The weights after every step. */
interface Steps {
  readonly dense: readonly Float64Array[];
  readonly table: readonly Float64Array[];
}

function takeSteps({ start, gradients }: OptimizersReference, settings: OptimizerSettings, kernels: Kernels): Steps {
  const n = start.length;
  const shapes = { tables: [{ name: 'table', rows: n, columns: 1 }], dense: [{ name: 'dense', rows: 1, columns: n }] };
  const parameters = new Parameters(shapes, kernels);
  const [table] = parameters.tables;
  const dDense = kernels.floats(parameters.dense.length);
  const dTable = kernels.floats(n);
  const touched = kernels.ints(n);
  const memory = takeOptimizerMemory(settings, parameters, kernels);
  const optimizer = new Optimizer(settings, parameters, memory, kernels);
  const nextStep = stepsOf(settings);
  kernels.viewInts(touched).set([...start.keys()]);
  kernels.view(parameters.get('dense')).set(start);
  kernels.view(table).set(start);
  const steps = gradients.map((gradient) => {
    kernels.view(dDense).set(gradient);
    kernels.view(dTable).set(gradient);
    optimizer.move({ dense: dDense, touched, tables: [dTable] }, nextStep(1, 1));
    return {
      dense: Float64Array.from(kernels.view(parameters.get('dense'))),
      table: Float64Array.from(kernels.view(table)),
    };
  });
  return { dense: steps.map(({ dense }) => dense), table: steps.map((step) => step.table) };
}

/** The optimiser that a run's name describes: `sgd lr=0.1 momentum=0.9`. */
function parseRun(name: string, member: string, source: string): OptimizerSettings {
  const [optimizer, ...pairs] = name.split(' ');
  const wrong = (what: string) => new DataError(`${member}: ${what}`, { at: { source } });
  if (optimizer !== 'sgd' && optimizer !== 'adam') throw wrong(`unknown optimizer "${optimizer}"`);
  const known = optimizer === 'sgd' ? ['lr', 'momentum'] : ['lr', ...FIXED.keys()];
  const given = new Map<string, number>();
  for (const pair of pairs) {
    const [key, value] = pair.split('=');
    if (!known.includes(key) || !value || !Number.isFinite(Number(value))) {
      throw wrong(`"${pair}" is not one of ${known.map((setting) => `${setting}=NUMBER`).join(', ')}`);
    }
    if (Number(value) !== (FIXED.get(key) ?? Number(value))) throw wrong(`only ${key}=${FIXED.get(key)} is supported`);
    given.set(key, Number(value));
  }
  const rate = given.get('lr');
  if (rate === undefined) throw wrong('lr=NUMBER is missing');
  return { optimizer, learningRate: rate, tableLearningRate: rate, momentum: given.get('momentum') ?? 0, clip: 0 };
}
