import { readFileSync } from 'node:fs';
import { ColumnIndex, packBatch, packForPrediction, packTokens } from '../src/encode/batch.js';
import { WasmKernels } from '../src/kernels/wasm.js';
import { type Architecture, parameterShapes } from '../src/network/architecture.js';
import { initialise } from '../src/network/initialise.js';
import { Network } from '../src/network/network.js';
import { Parameters } from '../src/network/parameters.js';
import { Optimizer, type OptimizerSettings, stepsOf, takeOptimizerMemory } from '../src/train/optimizer.js';
import { keyedRandom, PLACE } from '../src/train/random.js';
import { processorSeconds } from './measure.js';
import { type BenchSentence, tokensOf } from './sentences.js';

export const RATES = { learningRate: 0.02, tableLearningRate: 0.1, momentum: 0.9 } as const;
/** Without clipping, which the other side would have to do too. */
const SETTINGS: OptimizerSettings = { optimizer: 'sgd', ...RATES, clip: 0 };

export function architecture(cell: Architecture['cell'], bidirectional: boolean, hidden: number): Architecture {
  return { cell, bidirectional, hidden, activation: 'tanh', layers: 1, outputLayer: 'softmax' };
}

/** The kernels of the last build. */
export function createKernels(): Promise<WasmKernels> {
  return WasmKernels.create(readFileSync(new URL('../dist/kernels.wasm', import.meta.url)));
}

/** Our network as `ner train` and `ner tag` use it, from lists of encoded sentences on. */
export class Ours {
  readonly parameters: Parameters;
  private readonly network: Network;
  private readonly optimizer: Optimizer;
  private readonly nextStep = stepsOf(SETTINGS);
  private readonly index: ColumnIndex;

  private constructor(
    readonly kernels: WasmKernels,
    readonly architecture: Architecture,
    readonly vocabulary: number,
    readonly tags: number,
  ) {
    this.parameters = new Parameters(parameterShapes(architecture, { columns: vocabulary, tags }), kernels);
    initialise(this.parameters, architecture, 'uniform', kernels, keyedRandom(1, PLACE.weights));
    const memory = takeOptimizerMemory(SETTINGS, this.parameters, kernels);
    this.optimizer = new Optimizer(SETTINGS, this.parameters, memory, kernels);
    this.network = new Network(kernels, architecture, this.parameters);
    this.index = new ColumnIndex(vocabulary);
  }

  static async create(architecture: Architecture, vocabulary: number, tags: number): Promise<Ours> {
    return new Ours(await createKernels(), architecture, vocabulary, tags);
  }

  /** Name, rows and columns of every parameter, and all of them one after the other. */
  weights(): { shapes: [string, number, number][]; values: Float32Array } {
    const values = this.parameters.all.map(({ name }) => this.kernels.view(this.parameters.get(name)).slice());
    const all = new Float32Array(values.reduce((sum, { length }) => sum + length, 0));
    values.reduce((offset, value) => {
      all.set(value, offset);
      return offset + value.length;
    }, 0);
    return { shapes: this.parameters.all.map(({ name, rows, columns }) => [name, rows, columns]), values: all };
  }

  /** Tokens that a second of the processor's time is enough for. */
  rate(task: 'train' | 'tag', batches: readonly BenchSentence[][]): number {
    const seconds = processorSeconds(() => {
      for (const batch of batches) this[task](batch);
    });
    return tokensOf(batches) / seconds;
  }

  /** A step of training, packing included. Returns the mean loss of a sentence. */
  train(sentences: readonly BenchSentence[]): number {
    const batch = packBatch(
      sentences.map(({ encoded }) => encoded),
      this.index,
    );
    const gold = packTokens(
      batch,
      sentences.map((sentence) => sentence.gold),
    );
    this.network.load(batch);
    this.network.forward();
    const loss = this.network.loss(gold);
    this.optimizer.move(this.network.backward(), this.nextStep(sentences.length, 1));
    return loss / sentences.length;
  }

  /** The likeliest tag of every row of the packed batch, packing included. */
  tag(sentences: readonly BenchSentence[]): Int32Array {
    this.network.load(packForPrediction(sentences.map(({ encoded }) => encoded)));
    this.network.forward();
    const scores = this.kernels.view(this.network.logits);
    const best = new Int32Array(scores.length / this.tags);
    for (let row = 0; row < best.length; row++) {
      const first = row * this.tags;
      let k = first;
      for (let other = first + 1; other < first + this.tags; other++) if (scores[other] > scores[k]) k = other;
      best[row] = k - first;
    }
    return best;
  }
}
