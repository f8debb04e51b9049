import type { Kernels } from '../kernels/kernels.js';
import { WasmKernels } from '../kernels/wasm.js';
import { Ensemble } from '../network/ensemble.js';
import { Network } from '../network/network.js';
import { Parameters, tablesOf } from '../network/parameters.js';
import type { Job } from '../parallel/serve.js';
import { dealt, isTurn, LARGEST_SHARD, shardsOf } from './batches.js';
import { CorpusTagger } from './corpus_tagger.js';
import { Feed } from './feed.js';
import { Optimizer } from './optimizer.js';
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
  readonly jobs: Job[] = [(shard) => this.learn(shard), (item) => this.move(item), (group) => this.dev.tag(group)];
  private readonly feed: Feed;
  private readonly optimizer: Optimizer;
  private readonly rows: readonly RowMover[];
  private readonly dev: CorpusTagger;

  constructor(
    private readonly task: TrainingTask,
    private readonly kernels: Kernels,
    private readonly network: Network,
  ) {
    const { parameters } = network;
    const [table] = tablesOf(parameters.shapes, 'input');
    const [wide] = tablesOf(parameters.shapes, 'wide');
    const tableRows = { input: table.rows, wide: wide?.rows ?? 0 };
    this.feed = new Feed(task, kernels, { ...task.capacity, sentences: LARGEST_SHARD, tableRows });
    this.optimizer = new Optimizer(task.settings, parameters, task.optimizer, kernels);
    const uses = wide === undefined ? (['input'] as const) : (['input', 'wide'] as const);
    this.rows = uses.map((use) => new RowMover(task, use, this.optimizer, kernels));
    const alone = new Ensemble(kernels, [{ network, encoding: 0 }], task.architecture);
    this.dev = new CorpusTagger({ corpora: [task.dev], predicted: task.predicted }, kernels, alone, true);
    network.reserve(task.capacity);
  }

  /** Items of the job `tag`. */
  get groups(): number {
    return this.dev.groups;
  }

  /** The loss and the gradients of a shard of the batch. */
  private learn(shard: number): void {
    const { task, network } = this;
    const { settings } = task;
    const { epoch, first, sentences } = readBatch(task);
    const chosen = dealt(task.order, first, sentences, shard);
    const gradients = task.shards[shard];
    const { batch, gold, dropout } = this.feed.take(chosen, epoch, gradients);
    network.loadPlaced(batch, gradients, dropout);
    network.forward();
    task.losses[shard] = network.loss(gold, task.tagWeights);
    if (settings.adversarial > 0 && isTurn(epoch, first / settings.batchSize)) {
      network.moveInput(settings.adversarial, settings.bpttSteps);
      network.forward();
      // what is reported stays the loss of the input as it is, unless that of the other is no number any more
      const moved = network.loss(gold, task.tagWeights);
      if (!Number.isFinite(moved)) task.losses[shard] = moved;
    }
    network.backward(settings.bpttSteps);
    task.touched.input[shard] = batch.touched ?? 0;
    task.touched.wide[shard] = batch.wide?.touched ?? 0;
  }

  /** Item 0 moves the dense weights, item p > 0 part p − 1 of the rows of the tables. */
  private move(item: number): void {
    const { sentences, parts, step } = readBatch(this.task);
    const shards = shardsOf(sentences);
    if (item > 0) {
      for (const rows of this.rows) rows.move(item - 1, parts, shards, step);
      return;
    }
    const [sum, ...others] = this.task.shards.slice(0, shards).map(({ dense }) => dense);
    for (const dense of others) this.kernels.columnSumsAdd(sum, dense, 1, sum.length);
    this.task.norm[0] = this.optimizer.moveDense(sum, step);
  }
}
