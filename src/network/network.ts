import type { Batch, PackedOneHots, TouchedColumns, TrainingBatch } from '../encode/batch.js';
import {
  type FloatBuffer,
  type IntBuffer,
  type Kernels,
  type Packing,
  part,
  type Recurrence,
} from '../kernels/kernels.js';
import { stepAgainst } from './adversary.js';
import {
  type Architecture,
  COLUMN_TABLE,
  directionsOf,
  hasColumnTable,
  parameterName,
  WIDE_TABLE,
} from './architecture.js';
import { type Block, multiplyBlocks, multiplyBlocksBackward } from './blocks.js';
import type { RecurrentLayer } from './cell.js';
import { type Dropout, firstUnit } from './dropout.js';
import { type Gradients, rowsPart } from './gradients.js';
import type { OutputLayer } from './output.js';
import { named, type Parameters, partsByName, tablesOf } from './parameters.js';
import type { PlacedBatch, PlacedOneHots } from './placed_batch.js';
import type { TagRules } from './rules.js';
import type { SpanList } from './spans.js';
import {
  type Capacity,
  holds,
  larger,
  type OneHotMemory,
  releaseWorking,
  takeWorking,
  type Working,
} from './working.js';

/**
 * The synchronized many-to-many network over packed batches: `load`, `forward`, then `decode` to predict, or
 * `loss` and `backward` to learn; `loss`, `moveInput`, and again `forward`, `loss` and `backward` to learn from a harder input. Its working
 * memory is the last thing it allocates and grows with the largest batch, so whatever else must live in the same kernels is
 * allocated before the first batch.
 */
export class Network {
  private readonly tags: number;
  private working: Working | undefined;
  /** What the working memory holds, or held before it was released. */
  private capacity: Capacity | undefined;
  private batch: PlacedBatch | undefined;
  private dropout: Dropout<IntBuffer> | undefined;
  /** Whether dx holds a step that the next `forward` takes. */
  private isMoved = false;
  /** Where the gradients of the loaded batch go. */
  private gradients: Gradients | undefined;
  private named: ReadonlyMap<string, FloatBuffer> = new Map();
  /** The parts of memory for gradients, by the memory that was given. */
  private readonly cut = new WeakMap<Gradients, ReadonlyMap<string, FloatBuffer>>();

  /** Without rules every tag may follow every other, and no entity has a probability. */
  constructor(
    private readonly kernels: Kernels,
    private readonly architecture: Architecture,
    readonly parameters: Parameters,
    private readonly rules?: TagRules,
  ) {
    this.tags = parameters.get('c').length;
  }

  /** Makes sure that batches up to the given size fit. */
  reserve(needed: Capacity): void {
    if (this.holds(needed)) return;
    this.release();
    const capacity = this.capacity === undefined ? needed : larger(this.capacity, needed);
    this.capacity = capacity;
    const gradientOf = (name: string) => this.gradient(name);
    this.working = takeWorking(this.kernels, this.architecture, this.parameters, gradientOf, capacity, this.rules);
  }

  /** Whether batches up to the given size fit without more memory. */
  holds(needed: Capacity): boolean {
    return this.working !== undefined && holds(this.working.capacity, needed);
  }

  /** Where in the kernels' memory the working memory begins; −1 while there is none. */
  get place(): number {
    return this.working?.before.floats ?? -1;
  }

  /** Gives the working memory back, which must be the last thing allocated; the next batch takes it anew. */
  release(): void {
    if (this.working !== undefined) releaseWorking(this.kernels, this.working);
    this.working = undefined;
  }

  /**
   * Takes a batch in, ready for `forward`; `backward` needs one that was packed for training. Its gradients go to memory of the
   * network's own. With `dropout` some units are left out.
   */
  load(batch: Batch | TrainingBatch, dropout?: Dropout): void {
    const needed = capacityOf(batch, dropout);
    if (!this.holds(needed)) this.reserve(needed);
    const { rows, steps, lengths } = batch;
    const { starts, rowKeys } = this.memory;
    this.kernels.viewInts(starts).set(batch.starts);
    if (dropout !== undefined) this.kernels.viewInts(rowKeys).set(dropout.rowKeys);
    const gradients = 'touched' in batch ? this.memory.gradients : undefined;
    const input = this.loadOneHots(batch, this.memory.oneHots, gradients?.touched);
    const placed = { rows, steps, starts, lengths, ...input };
    const wide = batch.wide && this.loadOneHots(batch.wide, this.memory.wide, gradients?.wide?.touched);
    this.begin(wide === undefined ? placed : { ...placed, wide }, gradients, dropout && { ...dropout, rowKeys });
  }

  /**
   * Takes in a batch to learn from that is in the kernels' memory, and stays there until `backward`; the rows it touches stand in the
   * gradients, which go there. See `load`. Throws Error if `reserve` was not called for so large a one.
   */
  loadPlaced(batch: PlacedBatch, gradients: Gradients, dropout?: Dropout<IntBuffer>): void {
    const { rows, steps, dropsStates = false } = this.memory.capacity;
    if (batch.rows > rows || batch.steps > steps || ((dropout?.states ?? 0) > 0 && !dropsStates)) {
      throw new Error('the batch is larger than what was reserved');
    }
    this.begin(batch, gradients, dropout);
  }

  private begin(batch: PlacedBatch, gradients?: Gradients, dropout?: Dropout<IntBuffer>): void {
    this.batch = batch;
    this.dropout = dropout;
    this.isMoved = false;
    this.gradients = gradients;
    if (gradients !== undefined) this.named = this.partsOf(gradients);
  }

  private partsOf(gradients: Gradients): ReadonlyMap<string, FloatBuffer> {
    const known = this.cut.get(gradients);
    if (known !== undefined) return known;
    const parts = partsByName(gradients.dense, this.parameters.shapes.dense);
    this.cut.set(gradients, parts);
    return parts;
  }

  private loadOneHots(
    packed: PackedOneHots | (PackedOneHots & TouchedColumns),
    memory: OneHotMemory,
    touched: IntBuffer | undefined,
  ): PlacedOneHots {
    const { starts, slots } = memory;
    const ids = part(memory.ids, 0, packed.ids.length);
    this.kernels.viewInts(starts).set(packed.oneHotStarts);
    this.kernels.viewInts(ids).set(packed.ids);
    if (packed.weights !== undefined) this.kernels.view(memory.weights).set(packed.weights);
    const oneHots = { starts, ids, slots, ...(packed.weights === undefined ? {} : { weights: memory.weights }) };
    if (!('touched' in packed) || touched === undefined) return { oneHots };
    this.kernels.viewInts(slots).set(packed.slots);
    this.kernels.viewInts(touched).set(packed.touched);
    return { oneHots, touched: packed.touched.length };
  }

  /** s and o of every layer for the loaded batch. */
  forward(): void {
    const { layers, scores } = this.memory;
    const { rows, wide } = this.loaded;
    this.sumColumns();
    layers.forEach((directions, layer) => {
      directions.forEach((recurrent, d) => {
        this.project(layer, d, recurrent);
        recurrent.forward(this.recurrence(d, 0));
        this.dropStates(recurrent.memory.states, this.memory.dropped[layer][d], layer, d);
      });
    });
    // o = V s + c
    this.kernels.broadcast(scores, this.parameters.get('c'), rows, this.tags);
    this.multiply(layers.length, this.parameters.get('V'), this.tags, scores);
    // + V_wide f of the one-hots f that go straight to the emissions
    if (wide) this.kernels.addColumns(rows, wide.oneHots, this.parameters.get(WIDE_TABLE), this.tags, scores);
  }

  /** o, shape [R,K], before the output layer turns them into probabilities. */
  get logits(): FloatBuffer {
    return part(this.memory.scores, 0, this.loaded.rows * this.tags);
  }

  /**
   * The probabilities of each token's tags, after `forward` and in place of the logits; shape [R,K]. Another output layer than the
   * network's own may say so, here and below.
   */
  probabilities(output: OutputLayer = this.memory.output): FloatBuffer {
    output.probabilities(this.packing, this.memory.scores);
    return this.logits;
  }

  /** The likeliest tags of every sentence among those that are legal together, after `forward`; shape [R]. */
  decode(output: OutputLayer = this.memory.output): IntBuffer {
    const { scores, best } = this.memory;
    output.decode(this.packing, scores, best);
    return part(best, 0, this.loaded.rows);
  }

  /**
   * The probabilities of entities, after `forward` and in place of the logits; shape [S]. spans [S,4] has the sentence (0 the longest), the
   * first token, the one behind the last, and the type. Scores are divided by the temperature.
   */
  spanProbabilities(spans: Int32Array, temperature = 1, output: OutputLayer = this.memory.output): Float64Array {
    return output.spanProbabilities(this.packing, this.memory.scores, spans, temperature);
  }

  /** Every entity that is at least so probable, in (0, 1], given its sentence; after `forward`. */
  likelySpans(least: number, output: OutputLayer = this.memory.output): SpanList {
    return output.likelySpans(this.packing, this.memory.scores, least);
  }

  /**
   * The loss summed over the batch, after `forward`: −log p of the gold tags; those have shape [R], here or in the kernels' memory, negative
   * where nothing counts. Weights [K] say how much tokens of each tag count.
   */
  loss(gold: Int32Array | IntBuffer, weights?: Float64Array): number {
    const { output, scores, gold: own } = this.memory;
    const isHere = gold instanceof Int32Array;
    if (isHere) this.kernels.viewInts(own).set(gold);
    if (this.gradients !== undefined) this.kernels.fill(this.gradients.dense, 0);
    return output.loss(this.packing, scores, isHere ? own : gold, weights);
  }

  /**
   * Backpropagation through time after `loss`: the gradients of the summed loss. With `bpttSteps` = k > 0 they do not
   * cross from token t to t−1 where t is a multiple of k.
   */
  backward(bpttSteps = 0): Gradients {
    const { loaded } = this;
    if (loaded.touched === undefined || this.gradients === undefined) {
      throw new Error('the loaded batch was packed for prediction only');
    }
    const gradients = this.gradientsFor(loaded, this.gradients);
    this.propagateBack(bpttSteps, gradients);
    return gradients;
  }

  /**
   * Moves the input against the network, after `loss` and in place of `backward`: the next `forward` finds x, as the first layer reads it,
   * a step away from where it is, `size` times as long as the x of its sentence, in the units that are not dropped. Needs a column table.
   * The gradient that the step goes along may be cut short as that of `backward`.
   */
  moveInput(size: number, bpttSteps = 0): void {
    if (!hasColumnTable(this.architecture)) throw new Error('there is no sum of columns to move');
    const { columnWidth = 0 } = this.architecture;
    this.propagateBack(bpttSteps);
    const [dx, x] = [this.memory.dx, this.memory.x].map((buffer) => this.kernels.view(buffer));
    const { lengths, starts } = this.loaded;
    stepAgainst(dx, x, { lengths, starts: this.kernels.viewInts(starts) }, columnWidth, size);
    this.isMoved = true;
  }

  /** The gradients of all states and of x, and those of the weights where they are asked for. */
  private propagateBack(bpttSteps: number, gradients?: Gradients): void {
    if (this.isMoved) throw new Error('the input was moved: forward and loss come first');
    const { layers, scores } = this.memory;
    const { rows, wide } = this.loaded;
    this.emptyInnerGradients();
    if (gradients) this.kernels.columnSumsAdd(this.gradient('c'), scores, rows, this.tags);
    this.multiplyBackward(layers.length, 'V', this.tags, scores, gradients);
    if (wide && gradients?.wide) {
      this.kernels.scatterColumns(rows, wide.oneHots, scores, this.tags, gradients.wide.tables[0]);
    }
    for (let layer = layers.length - 1; layer >= 0; layer--) {
      layers[layer].forEach((recurrent, d) => {
        const { dStates } = recurrent.memory;
        this.dropStates(dStates, dStates, layer, d);
        recurrent.backward(this.recurrence(d, bpttSteps), gradients !== undefined);
        this.projectBackward(layer, d, recurrent, gradients);
      });
    }
    this.dropInput(this.memory.dx);
    if (gradients) this.scatterColumns(gradients);
  }

  /** The part of the gradients' memory that the batch needs. */
  private gradientsFor({ touched = 0, wide }: PlacedBatch, memory: Gradients): Gradients {
    const { shapes } = this.parameters;
    const input = rowsPart(memory, tablesOf(shapes, 'input'), 0, touched);
    const gradients = { dense: memory.dense, touched: input.touched, tables: input.tables };
    if (memory.wide === undefined) return gradients;
    return { ...gradients, wide: rowsPart(memory.wide, tablesOf(shapes, 'wide'), 0, wide?.touched ?? 0) };
  }

  /** Zeros for the gradients of states and of x. */
  private emptyInnerGradients(): void {
    const { rows } = this.loaded;
    const { layers, dx } = this.memory;
    const { hidden, columnWidth = 0 } = this.architecture;
    for (const directions of layers) {
      for (const { memory } of directions) this.kernels.fill(part(memory.dStates, 0, rows * hidden), 0);
    }
    this.kernels.fill(part(dx, 0, rows * columnWidth), 0);
  }

  /** The gradient of a dense parameter, after `backward`. */
  gradient(name: string): FloatBuffer {
    return named(this.named, name);
  }

  /** The recurrent layer of a direction (0 forward, 1 backward): its states, and their gradients after `backward`. */
  layer(layer: number, direction: number): RecurrentLayer {
    return this.memory.layers[layer][direction];
  }

  /** x(t): the sum of a token's columns, where a column table stands before the first layer. */
  private sumColumns(): void {
    if (!hasColumnTable(this.architecture)) return;
    const { columnWidth = 0 } = this.architecture;
    const { rows } = this.loaded;
    const [x, step] = [this.memory.x, this.memory.dx].map((buffer) => part(buffer, 0, rows * columnWidth));
    this.kernels.fill(x, 0);
    this.kernels.addColumns(rows, this.loaded.oneHots, this.parameters.get(COLUMN_TABLE), columnWidth, x);
    this.dropInput(x);
    if (this.isMoved) this.kernels.columnSumsAdd(x, step, 1, x.length);
    this.isMoved = false;
  }

  private scatterColumns({ tables }: Gradients): void {
    if (!hasColumnTable(this.architecture)) return;
    const { columnWidth = 0 } = this.architecture;
    const { dx } = this.memory;
    this.kernels.scatterColumns(this.loaded.rows, this.loaded.oneHots, dx, columnWidth, tables[0]);
  }

  /** Dropout of x, or of its gradient, in place. */
  private dropInput(x: FloatBuffer): void {
    if (!this.dropout?.input) return;
    const { columnWidth = 0 } = this.architecture;
    this.kernels.dropout(x, x, this.dropout.rowKeys, this.loaded.rows, columnWidth, 0, this.dropout.input);
  }

  /** Dropout of the states of a layer, or of their gradients. */
  private dropStates(from: FloatBuffer, to: FloatBuffer, layer: number, d: number): void {
    if (!this.dropout?.states) return;
    const { hidden } = this.architecture;
    const unit = firstUnit(this.architecture, layer, d);
    this.kernels.dropout(to, from, this.dropout.rowKeys, this.loaded.rows, hidden, unit, this.dropout.states);
  }

  /** U x + b into the layer's input. */
  private project(layer: number, d: number, { memory: { input } }: RecurrentLayer): void {
    const { rows } = this.loaded;
    const bias = this.weight('b', layer, d);
    if (this.readsTable(layer)) {
      this.kernels.gatherColumns(rows, this.loaded.oneHots, this.weight('U', 0, d), bias, input);
      return;
    }
    this.kernels.broadcast(input, bias, rows, bias.length);
    this.multiply(layer, this.weight('U', layer, d), bias.length, input);
  }

  private projectBackward(
    layer: number,
    d: number,
    { memory: { dInput } }: RecurrentLayer,
    gradients?: Gradients,
  ): void {
    const { rows } = this.loaded;
    const { length } = this.weight('b', layer, d);
    if (gradients) this.kernels.columnSumsAdd(this.gradient(this.nameOf('b', layer, d)), dInput, rows, length);
    if (!this.readsTable(layer)) {
      this.multiplyBackward(layer, this.nameOf('U', layer, d), length, dInput, gradients);
    } else if (gradients) {
      this.kernels.scatterColumns(rows, this.loaded.oneHots, dInput, length, gradients.tables[d]);
    }
  }

  /** Whether a layer's U is a column table. */
  private readsTable(layer: number): boolean {
    return layer === 0 && !hasColumnTable(this.architecture);
  }

  /** What a layer reads through a matrix, or the output where `layer` is their number: x, or the states below. */
  private inputsOf(layer: number): Block[] {
    const { x, dx, layers, dropped } = this.memory;
    const { hidden, columnWidth = 0 } = this.architecture;
    if (layer === 0) return [{ values: x, dValues: dx, width: columnWidth }];
    return layers[layer - 1].map(({ memory }, d) => ({
      values: this.dropout?.states ? dropped[layer - 1][d] : memory.states,
      dValues: memory.dStates,
      width: hidden,
    }));
  }

  private multiply(layer: number, matrix: FloatBuffer, n: number, out: FloatBuffer): void {
    multiplyBlocks(this.kernels, this.inputsOf(layer), matrix, this.loaded.rows, n, out);
  }

  private multiplyBackward(layer: number, name: string, n: number, dOut: FloatBuffer, gradients?: Gradients): void {
    const matrix = this.parameters.get(name);
    const dMatrix = gradients && this.gradient(name);
    multiplyBlocksBackward(this.kernels, this.inputsOf(layer), matrix, dMatrix, this.loaded.rows, n, dOut);
  }

  private recurrence(d: number, bpttSteps: number): Recurrence {
    const { packing } = this;
    return { packing, direction: directionsOf(this.architecture)[d], hidden: this.architecture.hidden, bpttSteps };
  }

  private get packing(): Packing {
    return this.loaded;
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

  private get loaded(): PlacedBatch {
    if (this.batch === undefined) throw new Error('no batch has been loaded');
    return this.batch;
  }
}

/** What predicting the tags of a batch needs. */
export function predictionCapacity(batch: Batch): Capacity {
  const { rows, steps, ids, wide } = batch;
  const size = { rows, steps, oneHots: ids.length };
  return wide ? { ...size, wide: { oneHots: wide.ids.length } } : size;
}

function capacityOf(batch: Batch | TrainingBatch, dropout: Dropout | undefined): Capacity {
  const { rows, steps, ids } = batch;
  const size = { rows, steps, oneHots: ids.length, ...touchedBy(batch), dropsStates: (dropout?.states ?? 0) > 0 };
  return batch.wide ? { ...size, wide: { oneHots: batch.wide.ids.length, ...touchedBy(batch.wide) } } : size;
}

function touchedBy(packed: PackedOneHots | (PackedOneHots & TouchedColumns)): { touched?: number } {
  return 'touched' in packed ? { touched: packed.touched.length } : {};
}
