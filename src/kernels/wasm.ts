import {
  type Activation,
  type AdamStep,
  type Chain,
  type DropTable,
  dropThreshold,
  type FloatBuffer,
  type GruBuffers,
  type IntBuffer,
  type Kernels,
  type LstmBuffers,
  type Mark,
  type OneHots,
  type Packing,
  type Recurrence,
  type TagPairs,
  type TokenOneHots,
} from './kernels.js';
import { type CompiledModule, compile, engine, type LinearMemory } from './wasm/engine.js';
import type { Exports } from './wasm/exports.js';
import { LIMITS, MOST_BYTES, StackMemory } from './wasm/memory.js';

export type { CompiledModule } from './wasm/engine.js';

/** Bytes of a float and of an integer. */
const BYTES = 4;
const ACTIVATIONS: readonly Activation[] = ['sigmoid', 'tanh', 'relu'];

/** How kernels are run; the results are the same. */
export interface KernelOptions {
  /**
   * Whether the engine computes two neighbouring vectors as one of eight floats, as V8 does with
   * `--experimental-wasm-revectorize` on processors that have AVX2. Products are made in larger blocks then. Default false.
   */
  readonly wideVectors?: boolean;
}

/** What a thread needs to work in the memory of another's kernels; can be posted to it. */
export interface SharedKernels extends KernelOptions {
  readonly module: CompiledModule;
  readonly memory: LinearMemory;
}

/**
 * The contract in WebAssembly with vectors of four float32; the same bytes on every machine. Several threads can work in one
 * memory: a buffer that one of them allocated is valid in all, and each allocates from a stack of its own.
 */
export class WasmKernels implements Kernels {
  readonly name = 'wasm';
  readonly floatBytes = BYTES;
  readonly mostBytes = MOST_BYTES;
  readonly growsInPlace = true;

  private constructor(
    private readonly module: CompiledModule,
    private readonly memory: StackMemory,
    private readonly run: Exports,
    private readonly options: KernelOptions,
  ) {
    if (options.wideVectors === true) run.useWideVectors();
  }

  /** Kernels from the bytes of the compiled module. Throws RunError where the engine has no WebAssembly SIMD or threads. */
  static async create(bytes: Uint8Array, options: KernelOptions = {}): Promise<WasmKernels> {
    return WasmKernels.of(await WasmKernels.compile(bytes), options);
  }

  /** Kernels of a compiled module, with memory of their own. */
  static of(module: CompiledModule, options: KernelOptions = {}): WasmKernels {
    const memory = new (engine().Memory)(LIMITS);
    const run = instantiate(module, memory);
    return new WasmKernels(module, StackMemory.begin(memory, run.heapBase()), run, options);
  }

  /**
   * Kernels in the memory of others, for a further thread. This may be done while the others work: an instance begins by
   * writing the module's constants to where they are already, and the module has no variables in memory.
   */
  static attach({ module, memory, ...options }: SharedKernels): WasmKernels {
    const run = instantiate(module, memory);
    return new WasmKernels(module, StackMemory.join(memory, run.heapBase()), run, options);
  }

  /** What `attach` takes in another thread. */
  share(): SharedKernels {
    return { ...this.options, module: this.module, memory: this.memory.memory };
  }

  /** The module alone, for several kernels. Throws RunError where the engine has no WebAssembly SIMD or threads. */
  static compile(bytes: Uint8Array): Promise<CompiledModule> {
    return compile(bytes);
  }

  /**
   * Multiplies and adds as fast as the processor can without fused multiply-add, to have something to measure against: 96
   * operations a round. Returns what comes of it.
   */
  peak(rounds: number): number {
    return this.run.peak(rounds);
  }

  floats(length: number): FloatBuffer {
    return { type: 'float', offset: this.memory.allocate(length * BYTES) / BYTES, length };
  }

  ints(length: number): IntBuffer {
    return { type: 'int', offset: this.memory.allocate(length * BYTES) / BYTES, length };
  }

  /** Floats and integers share one stack. */
  mark(): Mark {
    return { floats: this.memory.top, ints: this.memory.top };
  }

  release(mark: Mark): void {
    this.memory.release(mark.floats);
  }

  /** Gives what lies above these kernels' own memory to all again, once nobody else uses the shared memory any more. */
  reclaim(): void {
    this.memory.reclaim();
  }

  view(buffer: FloatBuffer): Float32Array {
    return new Float32Array(this.memory.bufferTo(end(buffer)), at(buffer), buffer.length);
  }

  viewInts(buffer: IntBuffer): Int32Array {
    return new Int32Array(this.memory.bufferTo(end(buffer)), at(buffer), buffer.length);
  }

  fill(buffer: FloatBuffer, value: number): void {
    this.run.fill(at(buffer), buffer.length, value);
  }

  gatherColumns(rows: number, oneHots: OneHots, table: FloatBuffer, bias: FloatBuffer, out: FloatBuffer): void {
    const { starts, ids, weights } = oneHots;
    this.run.gatherColumns(rows, at(starts), at(ids), atOrZero(weights), at(table), at(bias), bias.length, at(out));
  }

  addColumns(rows: number, oneHots: OneHots, table: FloatBuffer, width: number, out: FloatBuffer): void {
    const { starts, ids, weights } = oneHots;
    this.run.addColumns(rows, at(starts), at(ids), atOrZero(weights), at(table), width, at(out));
  }

  scatterColumns(rows: number, oneHots: OneHots, dOut: FloatBuffer, width: number, dTouched: FloatBuffer): void {
    const { starts, ids, slots, weights } = oneHots;
    const M = width === 0 ? 0 : dTouched.length / width;
    const [list, slot, weight, from, to] = [at(starts), at(slots), atOrZero(weights), at(dOut), at(dTouched)];
    const scratch = this.scratch(this.run.scatterScratch(ids.length, M, width));
    this.run.scatterColumns(rows, list, slot, weight, from, width, M, to, scratch);
  }

  packOneHots({ starts, steps }: Packing, firsts: IntBuffer, from: TokenOneHots, to: OneHots): number {
    const [list, ids, toList, toIds] = [from.starts, from.ids, to.starts, to.ids].map(at);
    const [weights, toWeights] = to.weights === undefined ? [0, 0] : [atOrZero(from.weights), at(to.weights)];
    return this.run.packOneHots(at(starts), steps, at(firsts), list, ids, weights, toList, toIds, toWeights);
  }

  packTokens({ starts, steps }: Packing, firsts: IntBuffer, values: IntBuffer, out: IntBuffer): void {
    this.run.packTokens(at(starts), steps, at(firsts), at(values), at(out));
  }

  packKeys({ starts, steps }: Packing, sentences: IntBuffer, key: number, out: IntBuffer): void {
    this.run.packKeys(at(starts), steps, at(sentences), key, at(out));
  }

  columnIndex(rows: number): IntBuffer {
    return this.ints(this.run.indexLength(rows));
  }

  touchedColumns(index: IntBuffer, rows: number, ids: IntBuffer, slots: IntBuffer, touched: IntBuffer): number {
    return this.run.touchedColumns(at(index), rows, at(ids), ids.length, at(slots), at(touched));
  }

  dropOneHots(
    sentences: IntBuffer,
    tokenStarts: IntBuffer,
    key: number,
    [input, wide]: readonly DropTable[],
    decided: IntBuffer,
  ): void {
    const [starts, ids, rows, kinds, toStarts, toIds, toWeights] = placesOf(input);
    const [starts2, ids2, rows2, kinds2, toStarts2, toIds2, toWeights2] = placesOf(wide);
    this.run.dropOneHots(
      at(sentences),
      sentences.length,
      at(tokenStarts),
      key,
      at(decided),
      decided.length - 1,
      starts,
      ids,
      rows,
      kinds,
      toStarts,
      toIds,
      toWeights,
      starts2,
      ids2,
      rows2,
      kinds2,
      toStarts2,
      toIds2,
      toWeights2,
      this.scratch(this.run.dropScratch()),
    );
  }

  dropout(
    out: FloatBuffer,
    input: FloatBuffer,
    rowKeys: IntBuffer,
    rows: number,
    width: number,
    salt: number,
    rate: number,
  ): void {
    const [to, from, keys] = [out, input, rowKeys].map(at);
    this.run.dropout(to, from, keys, rows, width, salt, dropThreshold(rate), 1 / (1 - rate));
  }

  broadcast(out: FloatBuffer, bias: FloatBuffer, m: number, n: number): void {
    this.run.broadcast(at(out), at(bias), m, n);
  }

  multiplyAdd(out: FloatBuffer, a: FloatBuffer, b: FloatBuffer, m: number, k: number, n: number): void {
    const scratch = this.scratch(this.run.multiplyScratch(k, n));
    this.run.multiplyAdd(at(out), at(a), at(b), m, k, n, scratch);
  }

  multiplyTransposedAdd(out: FloatBuffer, a: FloatBuffer, b: FloatBuffer, m: number, n: number, k: number): void {
    const scratch = this.scratch(this.run.multiplyScratch(n, k));
    this.run.multiplyTransposedAdd(at(out), at(a), at(b), m, n, k, scratch);
  }

  outerAdd(out: FloatBuffer, a: FloatBuffer, b: FloatBuffer, m: number, k: number, n: number): void {
    const scratch = this.scratch(this.run.outerScratch(k, n));
    this.run.outerAdd(at(out), at(a), at(b), m, k, n, scratch);
  }

  columnSumsAdd(out: FloatBuffer, a: FloatBuffer, m: number, n: number): void {
    this.run.columnSumsAdd(at(out), at(a), m, n);
  }

  elmanForward(recurrence: Recurrence, activation: Activation, W: FloatBuffer, states: FloatBuffer): void {
    const { starts, T, backward, H, scratch } = this.begin(recurrence, 1);
    this.run.elmanForward(starts, T, backward, H, ACTIVATIONS.indexOf(activation), at(W), at(states), scratch);
  }

  elmanBackward(
    recurrence: Recurrence,
    activation: Activation,
    W: FloatBuffer,
    states: FloatBuffer,
    dStates: FloatBuffer,
    dPre: FloatBuffer,
    dW?: FloatBuffer,
  ): void {
    const { starts, T, backward, bpttSteps, H, scratch } = this.begin(recurrence, 1);
    const g = ACTIVATIONS.indexOf(activation);
    const [w, s, ds, dz] = [W, states, dStates, dPre].map(at);
    this.run.elmanBackward(starts, T, backward, bpttSteps, H, g, w, s, ds, dz, atOrZero(dW), scratch);
  }

  lstmForward(recurrence: Recurrence, W: FloatBuffer, { gates, cells, squashed, states }: LstmBuffers): void {
    const { starts, T, backward, H, scratch } = this.begin(recurrence, 4);
    const [w, z, c, q, s] = [W, gates, cells, squashed, states].map(at);
    this.run.lstmForward(starts, T, backward, H, w, z, c, q, s, scratch);
  }

  lstmBackward(
    recurrence: Recurrence,
    W: FloatBuffer,
    { gates, cells, squashed, states }: LstmBuffers,
    dStates: FloatBuffer,
    dCells: FloatBuffer,
    dW?: FloatBuffer,
  ): void {
    const { starts, T, backward, bpttSteps, H, scratch } = this.begin(recurrence, 4);
    const [w, z, c, q, s, ds, dc] = [W, gates, cells, squashed, states, dStates, dCells].map(at);
    this.run.lstmBackward(starts, T, backward, bpttSteps, H, w, z, c, q, s, ds, dc, atOrZero(dW), scratch);
  }

  gruForward(recurrence: Recurrence, W: FloatBuffer, bh: FloatBuffer, buffers: GruBuffers): void {
    const { starts, T, backward, H, scratch } = this.begin(recurrence, 3);
    const [w, b, z, q, s] = [W, bh, buffers.gates, buffers.recurrent, buffers.states].map(at);
    this.run.gruForward(starts, T, backward, H, w, b, z, q, s, scratch);
  }

  gruBackward(
    recurrence: Recurrence,
    W: FloatBuffer,
    { gates, recurrent, states }: GruBuffers,
    dStates: FloatBuffer,
    dW?: FloatBuffer,
    dbh?: FloatBuffer,
  ): void {
    const { starts, T, backward, bpttSteps, H, scratch } = this.begin(recurrence, 3);
    const [w, z, q, s, ds] = [W, gates, recurrent, states, dStates].map(at);
    const [dw, db] = [dW, dbh].map(atOrZero);
    this.run.gruBackward(starts, T, backward, bpttSteps, H, w, z, q, s, ds, dw, db, scratch);
  }

  softmax(scores: FloatBuffer, rows: number, tags: number): void {
    this.run.softmax(at(scores), rows, tags);
  }

  crossEntropy(probabilities: FloatBuffer, gold: IntBuffer, rows: number, tags: number, weights?: FloatBuffer): number {
    return this.run.crossEntropy(at(probabilities), at(gold), rows, tags, atOrZero(weights));
  }

  crfLoss({ starts, steps, rows }: Packing, chain: Chain, scores: FloatBuffer, gold: IntBuffer, dChain: Chain): number {
    const [A, b, e, o, g, dA, db, de] = [...partsOf(chain), scores, gold, ...partsOf(dChain)].map(at);
    const scratch = this.scratch(this.run.crfScratch(rows, chain.tags));
    return this.run.crfLoss(at(starts), steps, chain.tags, A, b, e, o, g, dA, db, de, scratch);
  }

  crfMarginals({ starts, steps, rows }: Packing, chain: Chain, scores: FloatBuffer): number {
    const [A, b, e, o] = [...partsOf(chain), scores].map(at);
    const scratch = this.scratch(this.run.crfScratch(rows, chain.tags));
    return this.run.crfMarginals(at(starts), steps, chain.tags, A, b, e, o, scratch);
  }

  crfDecode({ starts, steps, rows }: Packing, chain: Chain, scores: FloatBuffer, best: IntBuffer): void {
    const [A, b, e, o, y] = [...partsOf(chain), scores, best].map(at);
    const scratch = this.scratch(this.run.decodeScratch(rows, chain.tags));
    this.run.crfDecode(at(starts), steps, chain.tags, A, b, e, o, y, scratch);
  }

  crfSpans(
    { starts, steps, rows }: Packing,
    chain: Chain,
    scores: FloatBuffer,
    { pairs, types }: TagPairs,
    spans: IntBuffer,
    probabilities: FloatBuffer,
  ): void {
    const [A, b, e, o, pair, type, list, p] = [...partsOf(chain), scores, pairs, types, spans, probabilities].map(at);
    const scratch = this.scratch(this.run.spansScratch(rows, chain.tags));
    const count = probabilities.length;
    this.run.crfSpans(at(starts), steps, chain.tags, A, b, e, o, pair, type, list, count, p, scratch);
  }

  crfLikelySpans(
    { starts, steps, rows }: Packing,
    chain: Chain,
    scores: FloatBuffer,
    { pairs, types }: TagPairs,
    least: number,
    spans: IntBuffer,
    probabilities: FloatBuffer,
  ): number {
    const [A, b, e, o, pair, type, list, p] = [...partsOf(chain), scores, pairs, types, spans, probabilities].map(at);
    const scratch = this.scratch(this.run.spansScratch(rows, chain.tags));
    const room = probabilities.length;
    return this.run.crfLikelySpans(
      at(starts),
      steps,
      chain.tags,
      A,
      b,
      e,
      o,
      pair,
      type,
      least,
      list,
      room,
      p,
      scratch,
    );
  }

  matchColumns(touched: IntBuffer, other: IntBuffer, pairs: IntBuffer): number {
    return this.run.matchColumns(at(touched), touched.length, at(other), other.length, at(pairs));
  }

  addRows(pairs: IntBuffer, count: number, d: FloatBuffer, e: FloatBuffer, width: number): void {
    this.run.addRows(at(pairs), count, at(d), at(e), width);
  }

  squaredNorm(buffer: FloatBuffer): number {
    return this.run.squaredNorm(at(buffer), buffer.length);
  }

  sgd(
    weights: FloatBuffer,
    gradients: FloatBuffer,
    velocity: FloatBuffer,
    rate: number,
    momentum: number,
    scale: number,
  ): void {
    this.run.sgd(at(weights), at(gradients), at(velocity), weights.length, rate, momentum, scale);
  }

  sgdColumns(
    table: FloatBuffer,
    touched: IntBuffer,
    dTouched: FloatBuffer,
    width: number,
    rate: number,
    scale: number,
  ): void {
    this.run.sgdColumns(at(table), at(touched), touched.length, at(dTouched), width, rate * scale);
  }

  adam(
    weights: FloatBuffer,
    gradients: FloatBuffer,
    first: FloatBuffer,
    second: FloatBuffer,
    { rate, beta1, beta2, epsilon, correction1, correction2 }: AdamStep,
    scale: number,
  ): void {
    const [w, g, m, v] = [weights, gradients, first, second].map(at);
    this.run.adam(w, g, m, v, weights.length, rate, beta1, beta2, epsilon, correction1, correction2, scale);
  }

  adamColumns(
    table: FloatBuffer,
    touched: IntBuffer,
    dTouched: FloatBuffer,
    first: FloatBuffer,
    second: FloatBuffer,
    width: number,
    { rate, beta1, beta2, epsilon, correction1, correction2 }: AdamStep,
    scale: number,
  ): void {
    const [w, ids, g, m, v] = [table, touched, dTouched, first, second].map(at);
    const { length } = touched;
    this.run.adamColumns(w, ids, length, g, m, v, width, rate, beta1, beta2, epsilon, correction1, correction2, scale);
  }

  adagradColumns(
    table: FloatBuffer,
    touched: IntBuffer,
    dTouched: FloatBuffer,
    squares: FloatBuffer,
    width: number,
    rate: number,
    epsilon: number,
    scale: number,
  ): void {
    const [w, ids, g, q] = [table, touched, dTouched, squares].map(at);
    this.run.adagradColumns(w, ids, touched.length, g, q, width, rate, epsilon, scale);
  }

  average(mean: FloatBuffer, weights: FloatBuffer, count: number): void {
    this.run.averageInto(at(mean), at(weights), mean.length, 1 / count);
  }

  exchange(a: FloatBuffer, b: FloatBuffer): void {
    this.run.exchange(at(a), at(b), a.length);
  }

  /** Memory for one call, above what is handed out. */
  private scratch(bytes: number): number {
    // a size of 32 bits comes with a sign
    return this.memory.beyond(bytes < 0 ? bytes + 2 ** 32 : bytes);
  }

  /** A recurrence as the module's functions take it, with their scratch memory. */
  private begin({ packing, direction, hidden, bpttSteps }: Recurrence, gates: number) {
    return {
      starts: at(packing.starts),
      T: packing.steps,
      backward: direction === 'backward' ? 1 : 0,
      bpttSteps,
      H: hidden,
      scratch: this.scratch(this.run.layerScratch(packing.steps, hidden, gates * hidden)),
    };
  }
}

/** Where a buffer begins, in bytes. */
function at({ offset }: FloatBuffer | IntBuffer): number {
  return offset * BYTES;
}

/** Where a buffer begins; 0, where none is, without one. */
function atOrZero(buffer: FloatBuffer | undefined): number {
  return buffer === undefined ? 0 : at(buffer);
}

/** Where the lists of a table begin; 0, where none is, without one. */
function placesOf(table: DropTable | undefined): readonly [number, number, number, number, number, number, number] {
  if (table === undefined) return [0, 0, 0, 0, 0, 0, 0];
  const { from, rows, kinds, to } = table;
  return [at(from.starts), at(from.ids), at(rows), at(kinds), at(to.starts), at(to.ids), atOrZero(to.weights)];
}

function partsOf({ transitions, start, end }: Chain): FloatBuffer[] {
  return [transitions, start, end];
}

/** Where a buffer ends, in bytes. */
function end({ offset, length }: FloatBuffer | IntBuffer): number {
  return (offset + length) * BYTES;
}

function instantiate(module: CompiledModule, memory: LinearMemory): Exports {
  return new (engine().Instance)(module, { env: { memory } }).exports as Exports;
}
