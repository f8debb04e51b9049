import { mix } from './hash.js';
import type {
  Activation,
  AdamStep,
  Chain,
  DropTable,
  FloatArray,
  FloatBuffer,
  GruBuffers,
  IntBuffer,
  Kernels,
  LstmBuffers,
  Mark,
  OneHots,
  Packing,
  Recurrence,
  TagPairs,
  TokenOneHots,
} from './kernels.js';
import * as batch from './reference/batch.js';
import * as columns from './reference/columns.js';
import * as crf from './reference/crf.js';
import { crfLikelySpans, crfSpans } from './reference/crf_spans.js';
import { type DropLists, dropOneHots } from './reference/drop.js';
import * as dropout from './reference/dropout.js';
import * as elman from './reference/elman.js';
import * as gru from './reference/gru.js';
import * as lstm from './reference/lstm.js';
import * as matrix from './reference/matrix.js';
import { Memory, type Precision } from './reference/memory.js';
import * as shards from './reference/shards.js';
import * as softmax from './reference/softmax.js';
import { type Step, stepsOf } from './reference/steps.js';
import * as update from './reference/update.js';

export type { Precision } from './reference/memory.js';

/** The contract in plain loops: the oracle for every other implementation. */
export class ReferenceKernels implements Kernels {
  readonly name: string;
  readonly mostBytes = Number.POSITIVE_INFINITY;
  readonly growsInPlace = false;
  private readonly memory: Memory;

  constructor(precision: Precision = 'float32') {
    this.name = `reference-${precision}`;
    this.memory = new Memory(precision);
  }

  get floatBytes(): number {
    return this.memory.floatBytes;
  }

  floats(length: number): FloatBuffer {
    return this.memory.floats(length);
  }

  ints(length: number): IntBuffer {
    return this.memory.ints(length);
  }

  mark(): Mark {
    return this.memory.mark();
  }

  release(mark: Mark): void {
    this.memory.release(mark);
  }

  view(buffer: FloatBuffer): FloatArray {
    return this.memory.view(buffer);
  }

  viewInts(buffer: IntBuffer): Int32Array {
    return this.memory.viewInts(buffer);
  }

  fill(buffer: FloatBuffer, value: number): void {
    this.view(buffer).fill(value);
  }

  gatherColumns(rows: number, oneHots: OneHots, table: FloatBuffer, bias: FloatBuffer, out: FloatBuffer): void {
    this.broadcast(out, bias, rows, bias.length);
    this.addColumns(rows, oneHots, table, bias.length, out);
  }

  addColumns(rows: number, oneHots: OneHots, table: FloatBuffer, width: number, out: FloatBuffer): void {
    const [starts, ids] = [oneHots.starts, oneHots.ids].map((list) => this.viewInts(list));
    columns.addColumns(rows, starts, ids, this.weights(oneHots), this.view(table), width, this.view(out));
  }

  scatterColumns(rows: number, oneHots: OneHots, dOut: FloatBuffer, width: number, dTouched: FloatBuffer): void {
    const [starts, slots] = [oneHots.starts, oneHots.slots].map((list) => this.viewInts(list));
    columns.scatterColumns(rows, starts, slots, this.weights(oneHots), this.view(dOut), width, this.view(dTouched));
  }

  private weights({ weights }: OneHots): FloatArray | undefined {
    return weights === undefined ? undefined : this.view(weights);
  }

  packOneHots(packing: Packing, firsts: IntBuffer, from: TokenOneHots, to: OneHots): number {
    return batch.packOneHots(this.startsOf(packing), this.viewInts(firsts), this.listsOf(from), this.listsOf(to));
  }

  packTokens(packing: Packing, firsts: IntBuffer, values: IntBuffer, out: IntBuffer): void {
    batch.packTokens(this.startsOf(packing), this.viewInts(firsts), this.viewInts(values), this.viewInts(out));
  }

  packKeys(packing: Packing, sentences: IntBuffer, key: number, out: IntBuffer): void {
    batch.packKeys(this.startsOf(packing), this.viewInts(sentences), key, this.viewInts(out));
  }

  columnIndex(): IntBuffer {
    return this.ints(0);
  }

  touchedColumns(_index: IntBuffer, _rows: number, ids: IntBuffer, slots: IntBuffer, touched: IntBuffer): number {
    return batch.touchedColumns(this.viewInts(ids), this.viewInts(slots), this.viewInts(touched));
  }

  dropOneHots(sentences: IntBuffer, tokenStarts: IntBuffer, key: number, tables: readonly DropTable[]): void {
    const drawsOf = (sentence: number): (() => number) => {
      let drawn = 0;
      return () => mix(mix(key, sentence), drawn++) >>> 0;
    };
    const lists = tables.map((table) => this.dropListsOf(table));
    dropOneHots(this.viewInts(sentences), this.viewInts(tokenStarts), drawsOf, lists);
  }

  private dropListsOf({ from, rows, kinds, to }: DropTable): DropLists {
    const [rowList, kindList] = [rows, kinds].map((list) => this.viewInts(list));
    return { from: this.listsOf(from), rows: rowList, kinds: kindList, to: this.listsOf(to) };
  }

  private listsOf({ starts, ids, weights }: TokenOneHots): batch.Lists {
    const lists = { starts: this.viewInts(starts), ids: this.viewInts(ids) };
    return weights === undefined ? lists : { ...lists, weights: this.view(weights) };
  }

  private startsOf({ starts, steps }: Packing): Int32Array {
    return this.viewInts(starts).subarray(0, steps + 1);
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
    dropout.dropout(this.view(out), this.view(input), this.viewInts(rowKeys), rows, width, salt, rate);
  }

  broadcast(out: FloatBuffer, bias: FloatBuffer, m: number, n: number): void {
    const rows = this.view(out);
    const row = this.view(bias);
    for (let r = 0; r < m; r++) rows.set(row, r * n);
  }

  multiplyAdd(out: FloatBuffer, a: FloatBuffer, b: FloatBuffer, m: number, k: number, n: number): void {
    matrix.multiplyAdd(this.view(out), 0, this.view(a), 0, this.view(b), m, k, n);
  }

  multiplyTransposedAdd(out: FloatBuffer, a: FloatBuffer, b: FloatBuffer, m: number, n: number, k: number): void {
    matrix.multiplyTransposedAdd(this.view(out), 0, this.view(a), 0, this.view(b), m, n, k);
  }

  outerAdd(out: FloatBuffer, a: FloatBuffer, b: FloatBuffer, m: number, k: number, n: number): void {
    matrix.outerAdd(this.view(out), this.view(a), 0, this.view(b), 0, m, k, n);
  }

  columnSumsAdd(out: FloatBuffer, a: FloatBuffer, m: number, n: number): void {
    matrix.columnSumsAdd(this.view(out), this.view(a), m, n);
  }

  elmanForward(recurrence: Recurrence, activation: Activation, W: FloatBuffer, states: FloatBuffer): void {
    elman.elmanForward(this.steps(recurrence), recurrence.hidden, activation, this.view(W), this.view(states));
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
    elman.elmanBackward(
      this.steps(recurrence),
      recurrence.hidden,
      activation,
      this.view(W),
      this.view(states),
      this.view(dStates),
      this.view(dPre),
      dW && this.view(dW),
    );
  }

  lstmForward(recurrence: Recurrence, W: FloatBuffer, buffers: LstmBuffers): void {
    lstm.lstmForward(this.steps(recurrence), recurrence.hidden, this.view(W), this.lstmArrays(buffers));
  }

  lstmBackward(
    recurrence: Recurrence,
    W: FloatBuffer,
    buffers: LstmBuffers,
    dStates: FloatBuffer,
    dCells: FloatBuffer,
    dW?: FloatBuffer,
  ): void {
    lstm.lstmBackward(
      this.steps(recurrence),
      recurrence.hidden,
      this.view(W),
      this.lstmArrays(buffers),
      this.view(dStates),
      this.view(dCells),
      dW && this.view(dW),
    );
  }

  gruForward(recurrence: Recurrence, W: FloatBuffer, bh: FloatBuffer, buffers: GruBuffers): void {
    gru.gruForward(this.steps(recurrence), recurrence.hidden, this.view(W), this.view(bh), this.gruArrays(buffers));
  }

  gruBackward(
    recurrence: Recurrence,
    W: FloatBuffer,
    buffers: GruBuffers,
    dStates: FloatBuffer,
    dW?: FloatBuffer,
    dbh?: FloatBuffer,
  ): void {
    gru.gruBackward(
      this.steps(recurrence),
      recurrence.hidden,
      this.view(W),
      this.gruArrays(buffers),
      this.view(dStates),
      dW && this.view(dW),
      dbh && this.view(dbh),
    );
  }

  softmax(scores: FloatBuffer, rows: number, tags: number): void {
    softmax.softmax(this.view(scores), rows, tags);
  }

  crossEntropy(probabilities: FloatBuffer, gold: IntBuffer, rows: number, tags: number, weights?: FloatBuffer): number {
    return softmax.crossEntropy(
      this.view(probabilities),
      this.viewInts(gold),
      rows,
      tags,
      weights && this.view(weights),
    );
  }

  crfLoss(packing: Packing, chain: Chain, scores: FloatBuffer, gold: IntBuffer, dChain: Chain): number {
    const [arrays, dArrays] = [this.chainArrays(chain), this.chainArrays(dChain)];
    return crf.crfLoss(this.sentences(packing), arrays, this.view(scores), this.viewInts(gold), dArrays);
  }

  crfMarginals(packing: Packing, chain: Chain, scores: FloatBuffer): number {
    return crf.crfMarginals(this.sentences(packing), this.chainArrays(chain), this.view(scores));
  }

  crfDecode(packing: Packing, chain: Chain, scores: FloatBuffer, best: IntBuffer): void {
    crf.crfDecode(this.sentences(packing), this.chainArrays(chain), this.view(scores), this.viewInts(best));
  }

  crfSpans(
    packing: Packing,
    chain: Chain,
    scores: FloatBuffer,
    { pairs, types }: TagPairs,
    spans: IntBuffer,
    probabilities: FloatBuffer,
  ): void {
    const sentences = this.sentences(packing);
    const numbers = this.viewInts(spans);
    const list = Array.from({ length: probabilities.length }, (_, s) => {
      const [sentence, from, to, type] = numbers.subarray(4 * s, 4 * s + 4);
      return { rows: sentences[sentence], from, to, type };
    });
    const tagPairs = { pairs: this.viewInts(pairs), types: this.viewInts(types) };
    crfSpans(list, this.chainArrays(chain), this.view(scores), tagPairs, this.view(probabilities));
  }

  crfLikelySpans(
    packing: Packing,
    chain: Chain,
    scores: FloatBuffer,
    { pairs, types }: TagPairs,
    least: number,
    spans: IntBuffer,
    probabilities: FloatBuffer,
  ): number {
    const tagPairs = { pairs: this.viewInts(pairs), types: this.viewInts(types) };
    const all = crfLikelySpans(this.sentences(packing), this.chainArrays(chain), this.view(scores), tagPairs, least);
    const found = all.slice(0, probabilities.length);
    this.viewInts(spans).set(found.flatMap(({ span }) => span));
    this.view(probabilities).set(found.map(({ probability }) => probability));
    return found.length;
  }

  matchColumns(touched: IntBuffer, other: IntBuffer, pairs: IntBuffer): number {
    return shards.matchColumns(this.viewInts(touched), this.viewInts(other), this.viewInts(pairs));
  }

  addRows(pairs: IntBuffer, count: number, d: FloatBuffer, e: FloatBuffer, width: number): void {
    shards.addRows(this.viewInts(pairs), count, this.view(d), this.view(e), width);
  }

  squaredNorm(buffer: FloatBuffer): number {
    return update.squaredNorm(this.view(buffer));
  }

  sgd(
    weights: FloatBuffer,
    gradients: FloatBuffer,
    velocity: FloatBuffer,
    rate: number,
    momentum: number,
    scale: number,
  ): void {
    update.sgd(this.view(weights), this.view(gradients), this.view(velocity), rate, momentum, scale);
  }

  sgdColumns(
    table: FloatBuffer,
    touched: IntBuffer,
    dTouched: FloatBuffer,
    width: number,
    rate: number,
    scale: number,
  ): void {
    update.sgdColumns(this.view(table), this.viewInts(touched), this.view(dTouched), width, rate, scale);
  }

  adam(
    weights: FloatBuffer,
    gradients: FloatBuffer,
    first: FloatBuffer,
    second: FloatBuffer,
    step: AdamStep,
    scale: number,
  ): void {
    update.adam(this.view(weights), this.view(gradients), this.view(first), this.view(second), step, scale);
  }

  adamColumns(
    table: FloatBuffer,
    touched: IntBuffer,
    dTouched: FloatBuffer,
    first: FloatBuffer,
    second: FloatBuffer,
    width: number,
    step: AdamStep,
    scale: number,
  ): void {
    update.adamColumns(
      this.view(table),
      this.viewInts(touched),
      this.view(dTouched),
      this.view(first),
      this.view(second),
      width,
      step,
      scale,
    );
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
    const [w, g, q] = [table, dTouched, squares].map((buffer) => this.view(buffer));
    update.adagradColumns(w, this.viewInts(touched), g, q, width, rate, epsilon, scale);
  }

  average(mean: FloatBuffer, weights: FloatBuffer, count: number): void {
    update.average(this.view(mean), this.view(weights), count);
  }

  exchange(a: FloatBuffer, b: FloatBuffer): void {
    const was = this.view(a).slice();
    this.view(a).set(this.view(b));
    this.view(b).set(was);
  }

  private steps(recurrence: Recurrence): Step[] {
    return stepsOf(recurrence, this.viewInts(recurrence.packing.starts));
  }

  private sentences({ starts, steps }: Packing): number[][] {
    return crf.sentenceRows(this.viewInts(starts), steps);
  }

  private chainArrays({ tags, transitions, start, end }: Chain): crf.ChainArrays {
    return { tags, transitions: this.view(transitions), start: this.view(start), end: this.view(end) };
  }

  private lstmArrays({ gates, cells, squashed, states }: LstmBuffers): lstm.LstmArrays {
    return {
      gates: this.view(gates),
      cells: this.view(cells),
      squashed: this.view(squashed),
      states: this.view(states),
    };
  }

  private gruArrays({ gates, recurrent, states }: GruBuffers): gru.GruArrays {
    return { gates: this.view(gates), recurrent: this.view(recurrent), states: this.view(states) };
  }
}
