import { type Batch, packBatch, packTokens } from '../encode/batch.js';
import type { EncodedSentence } from '../encode/encoder.js';
import type { OneHots } from '../encode/one_hots.js';
import { RunError } from '../errors.js';
import { type Kernels, part } from '../kernels/kernels.js';
import { ReferenceKernels } from '../kernels/reference.js';
import { type Architecture, directionsOf, hasColumnTable, parameterShapes } from '../network/architecture.js';
import type { Dropout } from '../network/dropout.js';
import { initialise, type Random } from '../network/initialise.js';
import { Network } from '../network/network.js';
import { Parameters } from '../network/parameters.js';
import { keyedRandom } from '../train/random.js';
import { gradientsByName } from './gradients_of.js';
import { type Difference, difference } from './tensor.js';

/** Largest error of a gradient that passes. */
export const GRADIENT_TOLERANCE = 1e-6;

/** What a check's sentences have beside one-hots that are summed into the first layer. */
export interface Extras {
  /** One-hots have weights; more of them go straight to the emissions. */
  readonly oneHots?: boolean;
  /** Units are dropped, the same ones in every evaluation; x too where there is a column table. */
  readonly dropout?: boolean;
  /** Tokens count more or less by their gold tag. */
  readonly tagWeights?: boolean;
}

/** How the gradient of one parameter came out. */
export interface GradientRow {
  readonly parameter: string;
  /** Rows (inputs) and columns. */
  readonly shape: readonly number[];
  /** Largest |a − b| over the largest |b|, a by backpropagation and b by differences; infinite where one is not finite. */
  readonly worstError: number;
  readonly passed: boolean;
}

/**
 * h. The quotient's own error is O(h⁴), that of rounding O(10⁻¹⁶ / h): both far below the tolerance. Across the kink of a ReLU
 * there is no derivative to find, so that its h must be small enough to meet few kinks.
 */
const STEP = 2e-3;
const RELU_STEP = 1e-5;
const LENGTHS = [3, 6, 1, 4];
const COLUMNS = 9;
const WIDE_COLUMNS = 7;
const DROPOUT = 0.4;
const TAGS = 4;
const ATTEMPTS = 50;

/**
 * Checks the gradient of every parameter of a small random network, on random sentences of several lengths, in float64
 * against central differences of the fourth order: dL/dw ≈ (8 (L(w+h) − L(w−h)) − (L(w+2h) − L(w−2h))) / 12h.
 *
 * Where a ReLU is off at one of the four points and on at another, the network is drawn anew. Throws RunError where none can
 * be found.
 */
export function checkGradients(architecture: Architecture, seed: number, extras: Extras = {}): GradientRow[] {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const rows = new Trial(architecture, keyedRandom(seed, attempt), extras).check();
    if (rows !== undefined) return rows;
  }
  throw new RunError(`every one of ${ATTEMPTS} networks drawn has a ReLU at its kink`, {
    hint: 'try another --seed, or a smaller --hidden or --layers',
  });
}

/** One random network with its sentences. */
class Trial {
  private readonly kernels: Kernels = new ReferenceKernels('float64');
  private readonly network: Network;
  private readonly batch: Batch;
  private readonly gold: Int32Array;
  private readonly dropout: Dropout | undefined;
  private readonly weights: Float64Array | undefined;

  constructor(
    private readonly architecture: Architecture,
    random: Random,
    extras: Extras,
  ) {
    const sizes = { columns: COLUMNS, wideColumns: extras.oneHots ? WIDE_COLUMNS : 0, tags: TAGS };
    const parameters = new Parameters(parameterShapes(architecture, sizes), this.kernels);
    initialise(parameters, architecture, 'uniform', this.kernels, random);
    this.network = new Network(this.kernels, architecture, parameters);
    this.batch = packBatch(LENGTHS.map((length) => randomSentence(length, random, extras)));
    this.gold = packTokens(
      this.batch,
      LENGTHS.map((length) => Int32Array.from({ length }, () => below(TAGS, random))),
    );
    if (extras.tagWeights) this.weights = Float64Array.from({ length: TAGS }, (_, tag) => (tag + 1) / 2);
    if (extras.dropout) {
      const rowKeys = Int32Array.from({ length: this.batch.rows }, () => below(2 ** 31, random));
      this.dropout = { rowKeys, input: hasColumnTable(architecture) ? DROPOUT : 0, states: DROPOUT };
    }
  }

  /** The rows; undefined where a ReLU changes sides. */
  check(): GradientRow[] | undefined {
    this.loss();
    const units = this.activeUnits();
    const gradients = gradientsByName(this.network, this.kernels, this.network.backward());
    const rows: GradientRow[] = [];
    for (const { name, rows: height, columns } of this.network.parameters.all) {
      const differences = this.differences(name, units);
      if (differences === undefined) return undefined;
      const expected = { shape: [height, columns], values: differences };
      rows.push(gradientRow(difference(name, gradients.get(name) ?? [], expected)));
    }
    return rows;
  }

  private differences(name: string, units: string): Float64Array | undefined {
    const weights = this.kernels.view(this.network.parameters.get(name));
    const h = this.hasKinks ? RELU_STEP : STEP;
    const quotients = new Float64Array(weights.length);
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i];
      const losses: number[] = [];
      for (const offset of [h, -h, 2 * h, -2 * h]) {
        weights[i] = weight + offset;
        losses.push(this.loss());
        if (this.activeUnits() !== units) return undefined;
      }
      weights[i] = weight;
      quotients[i] = (8 * (losses[0] - losses[1]) - (losses[2] - losses[3])) / (12 * h);
    }
    return quotients;
  }

  private get hasKinks(): boolean {
    return this.architecture.cell === 'elman' && this.architecture.activation === 'relu';
  }

  private loss(): number {
    this.network.load(this.batch, this.dropout);
    this.network.forward();
    return this.network.loss(this.gold, this.weights);
  }

  /** Which ReLUs are on, by layer, direction, token and unit; the same for every other network. */
  private activeUnits(): string {
    const { hidden, layers } = this.architecture;
    if (!this.hasKinks) return '';
    const on: string[] = [];
    for (let layer = 0; layer < layers; layer++) {
      directionsOf(this.architecture).forEach((_, d) => {
        const { states } = this.network.layer(layer, d).memory;
        for (const s of this.kernels.view(part(states, 0, this.batch.rows * hidden))) on.push(s > 0 ? '1' : '0');
      });
    }
    return on.join('');
  }
}

function randomSentence(length: number, random: Random, extras: Extras): EncodedSentence {
  const sentence = { length, ...randomOneHots(length, COLUMNS, random) };
  if (!extras.oneHots) return sentence;
  // sixteenths are the same in float32 and float64
  const weights = Float32Array.from(sentence.ids, () => below(32, random) / 16 - 1);
  return { ...sentence, weights, wide: randomOneHots(length, WIDE_COLUMNS, random) };
}

/** One to three one-hots a token, sometimes the same one twice. */
function randomOneHots(length: number, columns: number, random: Random): OneHots {
  const starts = new Int32Array(length + 1);
  for (let t = 0; t < length; t++) starts[t + 1] = starts[t] + 1 + below(3, random);
  return { starts, ids: Int32Array.from({ length: starts[length] }, () => below(columns, random)) };
}

function below(n: number, random: Random): number {
  return Math.floor(random() * n);
}

function gradientRow({ name, shape, error }: Difference): GradientRow {
  return { parameter: name, shape, worstError: error, passed: error <= GRADIENT_TOLERANCE };
}
