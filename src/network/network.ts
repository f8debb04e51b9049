import type { Batch, TrainingBatch } from '../encode/batch.js';
import {
  type FloatBuffer,
  type IntBuffer,
  type Kernels,
  type Packing,
  part,
  type Recurrence,
} from '../kernels/kernels.js';
import { type Architecture, cellOf, directionsOf, parameterName } from './architecture.js';
import type { Cell, RecurrentLayer } from './cell.js';
import { named, type Parameters } from './parameters.js';
import { type Capacity, capacityOf, holds, larger, releaseWorking, takeWorking, type Working } from './working.js';

/** The gradients that a backward pass leaves. */
export interface Gradients {
  /** Of all dense parameters, laid out like them. */
  readonly dense: FloatBuffer;
  /** The rows of the column tables that the batch touched; shape [M]. */
  readonly touched: IntBuffer;
  /** Of those rows; shape [M,C] a table. */
  readonly tables: readonly FloatBuffer[];
}

/**
 * The synchronized many-to-many network over packed batches: `load`, `forward`, then `probabilities` to predict, or
 * `loss` and `backward` to learn. Its working memory is the last thing it allocates and grows with the largest batch, so
 * whatever else must live in the same kernels is allocated before the first batch.
 */
export class Network {
  private readonly cell: Cell;
  private readonly tags: number;
  private working: Working | undefined;
  private batch: Batch | TrainingBatch | undefined;

  constructor(
    private readonly kernels: Kernels,
    private readonly architecture: Architecture,
    readonly parameters: Parameters,
  ) {
    this.cell = cellOf(architecture);
    this.tags = parameters.get('c').length;
  }

  /** Makes sure that batches up to the given size fit. */
  reserve(needed: Capacity): void {
    if (this.working !== undefined) {
      if (holds(this.working.capacity, needed)) return;
      releaseWorking(this.kernels, this.working);
    }
    const capacity = this.working === undefined ? needed : larger(this.working.capacity, needed);
    this.working = takeWorking(this.kernels, this.architecture, this.parameters, capacity);
  }

  /** Takes a batch in, ready for `forward`; `backward` needs one that was packed for training. */
  load(batch: Batch | TrainingBatch): void {
    this.reserve(capacityOf(batch));
    const { starts, oneHots } = this.memory;
    this.kernels.viewInts(starts).set(batch.starts);
    this.kernels.viewInts(oneHots.starts).set(batch.oneHotStarts);
    this.kernels.viewInts(oneHots.ids).set(batch.ids);
    if ('touched' in batch) {
      this.kernels.viewInts(oneHots.slots).set(batch.slots);
      this.kernels.viewInts(oneHots.touched).set(batch.touched);
    }
    this.batch = batch;
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
    const { layers, dDense, dTables, dNamed, scores } = this.memory;
    const { loaded } = this;
    if (!('touched' in loaded)) throw new Error('the loaded batch was packed for prediction only');
    const { rows, touched } = loaded;
    this.kernels.fill(dDense, 0);
    const gradients = this.touchedParts(dTables, touched.length);
    for (const dTouched of gradients) this.kernels.fill(dTouched, 0);
    for (const recurrent of layers.flat()) {
      this.kernels.fill(part(recurrent.memory.dStates, 0, rows * this.architecture.hidden), 0);
    }
    this.kernels.columnSumsAdd(named(dNamed, 'c'), scores, rows, this.tags);
    this.multiplyStatesBackward(layers[layers.length - 1], 'V', this.tags, scores);
    for (let layer = layers.length - 1; layer >= 0; layer--) {
      layers[layer].forEach((recurrent, d) => {
        recurrent.backward(this.recurrence(d, bpttSteps));
        this.projectBackward(layer, d, recurrent, gradients[d]);
      });
    }
    return { dense: dDense, touched: part(this.memory.oneHots.touched, 0, touched.length), tables: gradients };
  }

  /** The gradient of a dense parameter, after `backward`. */
  gradient(name: string): FloatBuffer {
    return named(this.memory.dNamed, name);
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
    dTouched: FloatBuffer,
  ): void {
    const { rows } = this.loaded;
    const db = this.gradient(this.nameOf('b', layer, d));
    this.kernels.columnSumsAdd(db, dInput, rows, db.length);
    if (layer === 0) {
      this.kernels.scatterColumns(rows, this.memory.oneHots, dInput, db.length, dTouched);
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

  private touchedParts(dTables: readonly FloatBuffer[], count: number): FloatBuffer[] {
    return dTables.map((buffer) => part(buffer, 0, count * this.cell.gates * this.architecture.hidden));
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
