import { readFileSync } from 'node:fs';
import { widenVectors } from '../src/cli/wide_vectors.js';
import { packForPrediction } from '../src/encode/batch.js';
import { WasmKernels } from '../src/kernels/wasm.js';
import { type Architecture, parameterShapes } from '../src/network/architecture.js';
import { type Gradients, takeGradients } from '../src/network/gradients.js';
import { initialise } from '../src/network/initialise.js';
import { Network } from '../src/network/network.js';
import { Parameters } from '../src/network/parameters.js';
import { encodedCorpus } from '../src/train/corpus.js';
import { Feed } from '../src/train/feed.js';
import { Optimizer, type OptimizerSettings, stepsOf, takeOptimizerMemory } from '../src/train/optimizer.js';
import { placeCorpus } from '../src/train/placed_corpus.js';
import { keyedRandom, PLACE } from '../src/train/random.js';
import { processorSeconds } from './measure.js';
import { type BenchSentence, tokensOf } from './sentences.js';

export const RATES = { learningRate: 0.02, tableLearningRate: 0.1, momentum: 0.9 } as const;
/** Without clipping, which the other side would have to do too. */
const SETTINGS: OptimizerSettings = { optimizer: 'sgd', ...RATES, clip: 0 };

export function architecture(cell: Architecture['cell'], bidirectional: boolean, hidden: number): Architecture {
  return { cell, bidirectional, hidden, activation: 'tanh', layers: 1, outputLayer: 'softmax' };
}

/** The kernels of the last build, as the command line runs them. */
export function createKernels(): Promise<WasmKernels> {
  const bytes = readFileSync(new URL('../dist/kernels.wasm', import.meta.url));
  return WasmKernels.create(bytes, { wideVectors: widenVectors(process.env) });
}

/** Our network as `ner train` and `ner tag` use it, from encoded sentences on; those of some batches, and no others, can be trained on. */
export class Ours {
  readonly parameters: Parameters;
  private readonly network: Network;
  private readonly optimizer: Optimizer;
  private readonly nextStep = stepsOf(SETTINGS);
  private readonly gradients: Gradients;
  private readonly feed: Feed;
  /** The places of a batch's sentences among all, longest first. */
  private readonly places = new Map<readonly BenchSentence[], Int32Array>();

  private constructor(
    readonly kernels: WasmKernels,
    readonly architecture: Architecture,
    readonly vocabulary: number,
    readonly tags: number,
    batches: readonly (readonly BenchSentence[])[],
  ) {
    this.parameters = new Parameters(parameterShapes(architecture, { columns: vocabulary, tags }), kernels);
    initialise(this.parameters, architecture, 'uniform', kernels, keyedRandom(1, PLACE.weights));
    const memory = takeOptimizerMemory(SETTINGS, this.parameters, kernels);
    this.optimizer = new Optimizer(SETTINGS, this.parameters, memory, kernels);
    const rows = Math.max(...batches.map((batch) => tokensOf([batch])));
    this.gradients = takeGradients(kernels, this.parameters.shapes, Math.min(rows, vocabulary));
    this.feed = this.feedOf(batches, rows);
    this.network = new Network(kernels, architecture, this.parameters);
    this.network.reserve({ rows, steps: longestOf(batches.flat()), oneHots: rows });
  }

  static async create(
    architecture: Architecture,
    vocabulary: number,
    tags: number,
    batches: readonly (readonly BenchSentence[])[],
  ): Promise<Ours> {
    return new Ours(await createKernels(), architecture, vocabulary, tags, batches);
  }

  private feedOf(batches: readonly (readonly BenchSentence[])[], rows: number): Feed {
    const { kernels, vocabulary } = this;
    const all = batches.flat();
    let first = 0;
    for (const batch of batches) {
      const lengthAt = (place: number): number => all[place].encoded.length;
      const places = Int32Array.from(batch, (_, i) => first + i);
      this.places.set(
        batch,
        places.sort((a, b) => lengthAt(b) - lengthAt(a) || a - b),
      );
      first += batch.length;
    }
    const corpus = encodedCorpus(all);
    const settings = { seed: 1, dropoutInput: 0, dropoutStates: 0 };
    const source = { tokenStarts: corpus.tokenStarts, corpus: placeCorpus(corpus, kernels), settings };
    const sentences = Math.max(...batches.map(({ length }) => length));
    const sizes = { sentences, rows, steps: longestOf(all), oneHots: rows };
    return new Feed(source, kernels, { ...sizes, tableRows: { input: vocabulary, wide: 0 } });
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
    const places = this.places.get(sentences);
    if (places === undefined) throw new Error('these sentences are none of the batches');
    const { batch, gold } = this.feed.take(places, 1, this.gradients);
    this.network.loadPlaced(batch, this.gradients);
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

function longestOf(sentences: readonly BenchSentence[]): number {
  return Math.max(...sentences.map(({ encoded }) => encoded.length));
}
