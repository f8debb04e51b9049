import type { Batch, TrainingBatch } from '../encode/batch.js';
import { type FloatBuffer, type Kernels, type Packing, part, type Recurrence } from '../kernels/kernels.js';
import { type Architecture, directionsOf, parameterName } from './architecture.js';
import type { RecurrentLayer } from './cell.js';
import { type Gradients, touchedPart } from './gradients.js';
import { named, type Parameters, partsByName } from './parameters.js';
import { type Capacity, holds, larger, releaseWorking, takeWorking, type Working } from './working.js';

/**
 * The synchronized many-to-many network over packed batches: `load`, `forward`, then `probabilities` to predict, or
 * `loss` and `backward` to learn. Its working memory is the last thing it allocates and grows with the largest batch, so
 * whatever else must live in the same kernels is allocated before the first batch.
 */
export class Network {
  private readonly tags: number;
  private working: Working | undefined;
  private batch: Batch | TrainingBatch | undefined;
  /** Where the gradients of the loaded batch go. */
  private gradients: Gradients | undefined;
  private named: ReadonlyMap<string, FloatBuffer> = new Map();

  constructor(
    private readonly kernels: Kernels,
    private readonly architecture: Architecture,
    readonly parameters: Parameters,
  ) {
    this.tags = parameters.get('c').length;
  }

  /** Makes sure that batches up to the given size fit. */
  reserve(needed: Capacity): void {
    if (this.working !== undefined) {
      if (holds(this.working.capacity, needed)) return;
      releaseWorking(this.kernels, this.working);
    }
    const capacity = this.working === undefined ? needed : larger(this.working.capacity, needed);
    const gradientOf = (name: string) => this.gradient(name);
    this.working = takeWorking(this.kernels, this.architecture, this.parameters, gradientOf, capacity);
  }

  /**
   * Takes a batch in, ready for `forward`; `backward` needs one that was packed for training. Its gradients go to the given
   * memory, else to memory of the network's own.
   */
  load(batch: Batch | TrainingBatch, gradients?: Gradients): void {
    const { rows, steps, ids } = batch;
    const learns = 'touched' in batch;
    const size = { rows, steps, oneHots: ids.length };
    this.reserve(learns && gradients === undefined ? { ...size, touched: batch.touched.length } : size);
    const { starts, oneHots } = this.memory;
    this.kernels.viewInts(starts).set(batch.starts);
    this.kernels.viewInts(oneHots.starts).set(batch.oneHotStarts);
    this.kernels.viewInts(oneHots.ids).set(ids);
    this.batch = batch;
    this.gradients = learns ? (gradients ?? this.memory.gradients) : undefined;
    if (!learns || this.gradients === undefined) return;
    this.kernels.viewInts(oneHots.slots).set(batch.slots);
    this.kernels.viewInts(this.gradients.touched).set(batch.touched);
    this.named = partsByName(this.gradients.dense, this.parameters.shapes.dense);
  }

  /** s and o of every layer for the loaded batch. */
  forward(): void {
    const { layers, scores } = this.memory;
    const { rows } = this.loaded;
    layers.forEach((directions, layer) => {
      directions.forEach((recurrent, d) => {
        this.project(layer, d, recurrent);
        recurrent.forward(this.recurrence(d, 0));
      });
    });
    // o = V s + c
    this.kernels.broadcast(scores, this.parameters.get('c'), rows, this.tags);
    this.multiplyStates(layers[layers.length - 1], this.parameters.get('V'), this.tags, scores);
  }

  /** o, shape [R,K], before the output layer turns them into probabilities. */
  get logits(): FloatBuffer {
    return part(this.memory.scores, 0, this.loaded.rows * this.tags);
  }

  /** y = softmax(o) in place of the logits; shape [R,K]. */
  probabilities(): FloatBuffer {
    this.kernels.softmax(this.memory.scores, this.loaded.rows, this.tags);
    return this.logits;
  }

  /** The cross-entropy summed over the tokens, after `forward`; gold has shape [R], negative where nothing counts. */
  loss(gold: Int32Array): number {
    const { scores, gold: buffer } = this.memory;
    this.kernels.viewInts(buffer).set(gold);
    this.kernels.softmax(scores, this.loaded.rows, this.tags);
    return this.kernels.crossEntropy(scores, buffer, this.loaded.rows, this.tags);
  }

  /**
   * Backpropagation through time after `loss`: the gradients of the summed loss. With `bpttSteps` = k > 0 they do not
   * cross from token t to t−1 where t is a multiple of k.
   */
  backward(bpttSteps = 0): Gradients {
    const { layers, scores } = this.memory;
    const { loaded } = this;
    if (!('touched' in loaded) || this.gradients === undefined) {
      throw new Error('the loaded batch was packed for prediction only');
    }
    const { rows, touched } = loaded;
    const gradients = touchedPart(this.gradients, this.parameters.shapes, 0, touched.length);
    this.kernels.fill(gradients.dense, 0);
    for (const dTouched of gradients.tables) this.kernels.fill(dTouched, 0);
    for (const recurrent of layers.flat()) {
      this.kernels.fill(part(recurrent.memory.dStates, 0, rows * this.architecture.hidden), 0);
    }
    this.kernels.columnSumsAdd(this.gradient('c'), scores, rows, this.tags);
    this.multiplyStatesBackward(layers[layers.length - 1], 'V', this.tags, scores);
    for (let layer = layers.length - 1; layer >= 0; layer--) {
      layers[layer].forEach((recurrent, d) => {
        recurrent.backward(this.recurrence(d, bpttSteps));
        this.projectBackward(layer, d, recurrent, gradients);
      });
    }
    return gradients;
  }

  /** The gradient of a dense parameter, after `backward`. */
  gradient(name: string): FloatBuffer {
    return named(this.named, name);
  }

  /** The recurrent layer of a direction (0 forward, 1 backward): its states, and their gradients after `backward`. */
  layer(layer: number, direction: number): RecurrentLayer {
    return this.memory.layers[layer][direction];
  }

  /** U x + b into the layer's input. */
  private project(layer: number, d: number, { memory: { input } }: RecurrentLayer): void {
    const { rows } = this.loaded;
    const bias = this.weight('b', layer, d);
    if (layer === 0) {
      this.kernels.gatherColumns(rows, this.memory.oneHots, this.weight('U', 0, d), bias, input);
      return;
    }
    this.kernels.broadcast(input, bias, rows, bias.length);
    this.multiplyStates(this.memory.layers[layer - 1], this.weight('U', layer, d), bias.length, input);
  }

  private projectBackward(
    layer: number,
    d: number,
    { memory: { dInput } }: RecurrentLayer,
    { tables }: Gradients,
  ): void {
    const { rows } = this.loaded;
    const db = this.gradient(this.nameOf('b', layer, d));
    this.kernels.columnSumsAdd(db, dInput, rows, db.length);
    if (layer === 0) {
      this.kernels.scatterColumns(rows, this.memory.oneHots, dInput, db.length, tables[d]);
    } else {
      this.multiplyStatesBackward(this.memory.layers[layer - 1], this.nameOf('U', layer, d), db.length, dInput);
    }
  }

  /** out += [s forward; s backward] · matrix, whose rows belong to the directions one after the other. */
  private multiplyStates(layers: readonly RecurrentLayer[], matrix: FloatBuffer, n: number, out: FloatBuffer): void {
    const { hidden } = this.architecture;
    layers.forEach(({ memory }, d) => {
      const block = part(matrix, d * hidden * n, hidden * n);
      this.kernels.multiplyAdd(out, memory.states, block, this.loaded.rows, hidden, n);
    });
  }

  private multiplyStatesBackward(layers: readonly RecurrentLayer[], name: string, n: number, dOut: FloatBuffer): void {
    const { hidden } = this.architecture;
    const { rows } = this.loaded;
    layers.forEach(({ memory }, d) => {
      const block = part(this.parameters.get(name), d * hidden * n, hidden * n);
      const dBlock = part(this.gradient(name), d * hidden * n, hidden * n);
      this.kernels.outerAdd(dBlock, memory.states, dOut, rows, hidden, n);
      this.kernels.multiplyTransposedAdd(memory.dStates, dOut, block, rows, n, hidden);
    });
  }

  private recurrence(d: number, bpttSteps: number): Recurrence {
    const { rows, steps } = this.loaded;
    const packing: Packing = { rows, steps, starts: this.memory.starts };
    return { packing, direction: directionsOf(this.architecture)[d], hidden: this.architecture.hidden, bpttSteps };
  }

  private nameOf(short: string, layer: number, d: number): string {
    return parameterName(short, layer, directionsOf(this.architecture)[d]);
  }

  private weight(short: string, layer: number, d: number): FloatBuffer {
    return this.parameters.get(this.nameOf(short, layer, d));
  }

  private get memory(): Working {
    if (this.working === undefined) throw new Error('no batch has been loaded');
    return this.working;
  }

  private get loaded(): Batch | TrainingBatch {
    if (this.batch === undefined) throw new Error('no batch has been loaded');
    return this.batch;
  }
}
