import type { Batch } from '../encode/batch.js';
import type { FloatArray, FloatBuffer, IntBuffer, Kernels, Mark } from '../kernels/kernels.js';
import { type Architecture, outputLayerOf } from './architecture.js';
import { crfShapes } from './crf.js';
import { type Network, predictionCapacity } from './network.js';
import type { OutputLayer } from './output.js';
import { flatLength, named, partsByName } from './parameters.js';
import type { TagRules } from './rules.js';
import type { SpanList } from './spans.js';
import type { Capacity } from './working.js';

/** One of the networks of an ensemble. */
export interface Voter {
  readonly network: Network;
  /** Which encoding of the sentences it reads, from 0: networks with the same one-hots share one. */
  readonly encoding: number;
}

/** What several networks decide by: the mean of their chains' scores by name, and an output layer that reads those. */
interface Decision {
  /** The kernels' memory before this was taken. */
  readonly before: Mark;
  readonly chain: ReadonlyMap<string, FloatBuffer>;
  readonly output: OutputLayer;
}

/**
 * Networks with the same tags that decide together: their logits, and the scores of their chains where the output is a CRF, are
 * averaged, o = 1/M Σ_m o_m and A = 1/M Σ_m A_m, before the likeliest tags are looked for. After a softmax that is the geometric mean of
 * their probabilities. One network alone decides as it does without an ensemble.
 */
export class Ensemble {
  /** Where there are several, as long as they have working memory. */
  private decision: Decision | undefined;

  /** Without rules every tag may follow every other, and no entity has a probability. */
  constructor(
    private readonly kernels: Kernels,
    private readonly voters: readonly [Voter, ...Voter[]],
    private readonly architecture: Pick<Architecture, 'outputLayer'>,
    private readonly rules?: TagRules,
  ) {}

  /** Makes sure that batches fit, of the given size in each encoding. The networks' memory must be the last that was allocated. */
  reserve(needed: readonly Capacity[]): void {
    if (this.voters.every(({ network, encoding }) => network.holds(needed[encoding]))) return;
    this.release();
    if (this.voters.length > 1) this.decision = this.takeDecision();
    for (const { network, encoding } of this.voters) network.reserve(needed[encoding]);
  }

  private takeDecision(): Decision {
    const { kernels, architecture, rules } = this;
    const before = kernels.mark();
    const tags = this.first.parameters.get('c').length;
    const shapes = architecture.outputLayer === 'crf' ? crfShapes(tags) : [];
    const chain = partsByName(kernels.floats(flatLength(shapes)), shapes);
    const meanOf = (name: string): FloatBuffer => named(chain, name);
    return { before, chain, output: outputLayerOf(architecture, kernels, tags, meanOf, meanOf, rules) };
  }

  /** Gives all working memory back. */
  release(): void {
    for (const { network } of [...this.voters].reverse()) network.release();
    if (this.decision !== undefined) this.kernels.release(this.decision.before);
    this.decision = undefined;
  }

  /** Takes a batch in, as each encoding has it. */
  load(batches: readonly Batch[]): void {
    // one that grew by itself would find the next one's memory behind its own
    if (this.voters.length > 1) this.reserve(batches.map(predictionCapacity));
    for (const { network, encoding } of this.voters) network.load(batches[encoding]);
    this.averageChains();
  }

  private averageChains(): void {
    const { kernels } = this;
    for (const [name, mean] of this.decision?.chain ?? NO_CHAIN) {
      this.voters.forEach(({ network }, m) => {
        const scores = network.parameters.get(name);
        if (m === 0) kernels.view(mean).set(kernels.view(scores));
        else kernels.average(mean, scores, m + 1);
      });
    }
  }

  /** o for the loaded batch. */
  forward(): void {
    const { kernels, logits } = this;
    this.voters.forEach(({ network }, m) => {
      network.forward();
      if (m > 0) kernels.average(logits, network.logits, m + 1);
    });
  }

  /**
   * Takes in sentences whose logits are known, shape [R,K], in place of `load` and `forward`: what their batch has of one-hots is not
   * read.
   */
  loadScores(batch: Batch, logits: FloatArray): void {
    this.load(this.inEachEncoding(batch));
    this.kernels.view(this.logits).set(logits);
  }

  /** As `reserve`, for what `loadScores` is to be given. */
  reserveScores(batches: readonly Batch[]): void {
    for (const batch of batches) this.reserve(this.inEachEncoding(predictionCapacity(batch)));
  }

  private inEachEncoding<T>(batch: T): T[] {
    const encodings = Math.max(...this.voters.map(({ encoding }) => encoding)) + 1;
    return new Array<T>(encodings).fill(batch);
  }

  /** o, shape [R,K]; after `forward`. */
  get logits(): FloatBuffer {
    return this.first.logits;
  }

  /** As that of a network, and so are those below. */
  probabilities(): FloatBuffer {
    return this.first.probabilities(this.decision?.output);
  }

  decode(): IntBuffer {
    return this.first.decode(this.decision?.output);
  }

  spanProbabilities(spans: Int32Array, temperature: number): Float64Array {
    return this.first.spanProbabilities(spans, temperature, this.decision?.output);
  }

  likelySpans(least: number): SpanList {
    return this.first.likelySpans(least, this.decision?.output);
  }

  private get first(): Network {
    return this.voters[0].network;
  }
}

const NO_CHAIN: ReadonlyMap<string, FloatBuffer> = new Map();
