import { ColumnIndex, packBatch, packForPrediction, packTokens } from '../encode/batch.js';
import { dropRare } from '../encode/dropout.js';
import type { Kernels } from '../kernels/kernels.js';
import { WasmKernels } from '../kernels/wasm.js';
import { groupsOf, type Piece, piecesOf } from '../model/pieces.js';
import { Network } from '../network/network.js';
import { Parameters, tablesOf } from '../network/parameters.js';
import type { Job } from '../parallel/serve.js';
import { dealt, shardsOf } from './batches.js';
import { goldAt, sentenceAt } from './corpus.js';
import { dropoutOf } from './dropout.js';
import { Optimizer } from './optimizer.js';
import { keyedRandom, PLACE } from './random.js';
import { RowMover } from './rows.js';
import { readBatch, type TrainingTask } from './task.js';

/** The jobs of a participant, by their places in the list. */
export const JOB = { learn: 0, move: 1, tag: 2 } as const;

/** The jobs of a further thread. */
export function trainingJobs(task: TrainingTask): Job[] {
  if (task.kernels === undefined) throw new Error('these kernels cannot be shared');
  const kernels = WasmKernels.attach(task.kernels);
  const { shapes, tables, dense } = task.parameters;
  const parameters = new Parameters(shapes, kernels, { tables, dense });
  return new Participant(task, kernels, new Network(kernels, task.architecture, parameters, task.rules)).jobs;
}

/**
 * One of those that train a network together, each with kernels and working memory of its own. What an item gives does not
 * depend on who does it. The network's memory must be the last in these kernels.
 */
export class Participant {
  readonly jobs: Job[] = [(shard) => this.learn(shard), (item) => this.move(item), (group) => this.tag(group)];
  private readonly index: ColumnIndex;
  private readonly wideIndex: ColumnIndex | undefined;
  private readonly optimizer: Optimizer;
  private readonly rows: readonly RowMover[];
  private readonly devPieces: readonly Piece[];
  private readonly devGroups: readonly Int32Array[];

  constructor(
    private readonly task: TrainingTask,
    private readonly kernels: Kernels,
    private readonly network: Network,
  ) {
    const { parameters } = network;
    const [table] = tablesOf(parameters.shapes, 'input');
    const [wide] = tablesOf(parameters.shapes, 'wide');
    this.index = new ColumnIndex(table.rows);
    this.wideIndex = wide && new ColumnIndex(wide.rows);
    this.optimizer = new Optimizer(task.settings, parameters, task.optimizer, kernels);
    const uses = wide === undefined ? (['input'] as const) : (['input', 'wide'] as const);
    this.rows = uses.map((use) => new RowMover(task, use, this.optimizer, kernels));
    this.devPieces = piecesOf(
      Array.from({ length: task.dev.tokenStarts.length - 1 }, (_, s) => sentenceAt(task.dev, s)),
    );
    this.devGroups = [...groupsOf(this.devPieces.map(({ encoded }) => encoded))];
    network.reserve(task.capacity);
  }

  /** Items of the job `tag`. */
  get groups(): number {
    return this.devGroups.length;
  }

  /** The loss and the gradients of a shard of the batch. */
  private learn(shard: number): void {
    const { task, network } = this;
    const { settings, corpus, dropRules } = task;
    const { epoch, first, sentences } = readBatch(task);
    const chosen = Array.from(dealt(task.order.subarray(first, first + sentences), shard, shardsOf(sentences)));
    const encoded = chosen.map((s) => {
      const sentence = sentenceAt(corpus, s);
      if (dropRules === undefined) return sentence;
      return dropRare(sentence, dropRules, keyedRandom(settings.seed, PLACE.dropRare, epoch, s));
    });
    const batch = packBatch(encoded, this.index, this.wideIndex);
    const gold = packTokens(
      batch,
      chosen.map((s) => goldAt(corpus, s)),
    );
    network.load(batch, task.shards[shard], dropoutOf(settings, epoch, batch, chosen));
    network.forward();
    task.losses[shard] = network.loss(gold);
    network.backward(settings.bpttSteps);
    task.touched.input[shard] = batch.touched.length;
    task.touched.wide[shard] = batch.wide?.touched.length ?? 0;
  }

  /** Item 0 moves the dense weights, item p > 0 part p − 1 of the rows of the tables. */
  private move(item: number): void {
    const batch = readBatch(this.task);
    const shards = shardsOf(batch.sentences);
    if (item > 0) {
      for (const rows of this.rows) rows.move(item - 1, batch.parts, shards, batch);
      return;
    }
    const [sum, ...others] = this.task.shards.slice(0, shards).map(({ dense }) => dense);
    for (const dense of others) this.kernels.columnSumsAdd(sum, dense, 1, sum.length);
    this.task.norm[0] = this.optimizer.moveDense(sum, batch);
  }

  /** The likeliest tags of a group of dev sentences. */
  private tag(group: number): void {
    const { network, task, devPieces } = this;
    const pieces = Array.from(this.devGroups[group], (place) => devPieces[place]);
    const batch = packForPrediction(pieces.map(({ encoded }) => encoded));
    network.load(batch);
    network.forward();
    const best = this.kernels.viewInts(network.decode());
    batch.order.forEach((place, i) => {
      const { sentence, offset } = pieces[place];
      const start = task.dev.tokenStarts[sentence] + offset;
      for (let t = 0; t < batch.lengths[i]; t++) task.predicted[start + t] = best[batch.starts[t] + i];
    });
  }
}
