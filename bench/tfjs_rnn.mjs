/**
 * The networks of bench/tfjs.ts in TensorFlow.js, as a process that is told what to do (see rival.ts).
 *
 * The WebAssembly backend has no gradient of a row lookup, so the table U stays outside: its rows are picked and updated
 * by plain loops.
 *
 * Letters as in src/network. W is kept by gates, so that no product has to be cut into them.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import * as tf from '@tensorflow/tfjs';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

const FOLDER = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
const GATES = { elman: 1, lstm: 4 };

/** A batch as tensors: where the steps begin, and where a sentence's mirrored token lies. */
function batchOf([lengths, ids, gold], tags) {
  const sizes = Array.from({ length: lengths[0] }, (_, t) => lengths.filter((length) => length > t).length);
  const starts = sizes.map((_, t) => sizes.slice(0, t).reduce((a, b) => a + b, 0));
  const mirror = sizes.flatMap((size, t) => Array.from({ length: size }, (_, i) => starts[lengths[i] - 1 - t] + i));
  return {
    lengths,
    sizes,
    starts,
    rows: ids.length,
    ids: [ids, mirror.map((row) => ids[row])],
    mirror: tf.tensor1d(mirror, 'int32'),
    gold,
    oneHotGold: tf.oneHot(tf.tensor1d(gold, 'int32'), tags),
  };
}

/** Weights as variables and the optimiser's state. */
class Network {
  constructor({ cell, bidirectional, hidden, tags, rate, tableRate, momentum }, weights) {
    Object.assign(this, { cell, hidden, tags, tableRate, C: GATES[cell] * hidden });
    this.suffixes = bidirectional ? ['', '_backward'] : [''];
    this.U = this.suffixes.map((suffix) => weights.get(`U${suffix}`).values.slice());
    const variable = (name, shape) => tf.variable(tf.tensor(weights.get(name).values, shape));
    const matrix = (name) => variable(name, [weights.get(name).rows, weights.get(name).columns]);
    this.W = this.suffixes.map((suffix) => matrix(`W${suffix}`));
    this.b = this.suffixes.map((suffix) => variable(`b${suffix}`, [this.C]));
    this.V = matrix('V');
    this.c = variable('c', [tags]);
    this.optimizer = tf.train.momentum(rate, momentum);
  }

  get dense() {
    return [...this.W, ...this.b, this.V, this.c];
  }

  /** Rows of U; shape [R,C]. */
  pick(d, { ids, rows }) {
    const picked = new Float32Array(rows * this.C);
    ids[d].forEach((id, row) => {
      picked.set(this.U[d].subarray(id * this.C, (id + 1) * this.C), row * this.C);
    });
    return tf.tensor2d(picked, [rows, this.C]);
  }

  updateTable(d, ids, gradient) {
    const { C, tableRate } = this;
    const U = this.U[d];
    ids.forEach((id, row) => {
      for (let i = 0; i < C; i++) U[id * C + i] -= tableRate * gradient[row * C + i];
    });
  }
}

/** The states of all steps [R,H] from U x + b. */
function states(network, x, W, { sizes, starts }) {
  const { hidden: H, cell } = network;
  const all = [];
  let h;
  let c;
  sizes.forEach((n, t) => {
    let z = x.slice([starts[t], 0], [n, -1]);
    if (t > 0) {
      if (n < sizes[t - 1]) {
        h = h.slice([0, 0], [n, H]);
        c = c?.slice([0, 0], [n, H]);
      }
      z = z.add(h.matMul(W));
    }
    if (cell === 'elman') {
      h = z.tanh();
    } else {
      const [i, f, g, o] = z.split(4, 1);
      const added = i.sigmoid().mul(g.tanh());
      c = c === undefined ? added : added.add(f.sigmoid().mul(c));
      h = o.sigmoid().mul(c.tanh());
    }
    all.push(h);
  });
  return tf.concat(all, 0);
}

/** Rows in mirrored places, which is its own inverse: so is its gradient. */
const mirrored = (batch) =>
  tf.customGrad((x) => ({ value: x.gather(batch.mirror), gradFunc: (dy) => dy.gather(batch.mirror) }));

/** A loop written by hand over the live rows of each step, gradients by the library. */
class Loop {
  same = true;

  constructor(network) {
    this.network = network;
  }

  logits(batch, rows) {
    const { W, b, V, c } = this.network;
    const found = rows.map((x, d) => states(this.network, x.add(b[d]), W[d], batch));
    const s = found.length === 1 ? found[0] : tf.concat([found[0], mirrored(batch)(found[1])], 1);
    return s.matMul(V).add(c);
  }

  train(batch) {
    const { network } = this;
    const B = batch.lengths.length;
    const kept = tf.tidy(() => {
      // variables, so that one call gives the gradients of the rows too
      const rows = network.suffixes.map((_, d) => tf.variable(network.pick(d, batch)));
      const loss = () =>
        tf.losses
          .softmaxCrossEntropy(batch.oneHotGold, this.logits(batch, rows), undefined, 0, tf.Reduction.SUM)
          .div(B);
      const { value, grads } = tf.variableGrads(loss, [...rows, ...network.dense]);
      const dense = network.dense.map((variable) => [variable.name, grads[variable.name] ?? tf.zerosLike(variable)]);
      network.optimizer.applyGradients(Object.fromEntries(dense));
      const gradients = rows.map((variable) => tf.keep(grads[variable.name]));
      for (const variable of rows) variable.dispose();
      return [tf.keep(value), ...gradients];
    });
    const [value, ...gradients] = kept.map((tensor) => tensor.dataSync());
    gradients.forEach((gradient, d) => {
      network.updateTable(d, batch.ids[d], gradient);
    });
    tf.dispose(kept);
    return value[0];
  }

  tag(batch) {
    return tf.tidy(() => {
      const rows = this.network.suffixes.map((_, d) => this.network.pick(d, batch));
      return this.logits(batch, rows).argMax(1).dataSync();
    });
  }
}

/**
 * The library's layers on fixed inputs: rows of U that are never trained (the gradient of its own embedding layer takes
 * minutes a step at this vocabulary), through input weights that ours has not; another network than ours.
 */
class Layers {
  same = false;

  constructor(network) {
    this.network = network;
    const { cell, suffixes, hidden, tags, C } = network;
    const recurrent = { units: hidden, returnSequences: true, recurrentInitializer: 'glorotUniform' };
    const inputs = { inputShape: [null, C] };
    const unit = (options) =>
      cell === 'elman'
        ? tf.layers.simpleRNN({ ...recurrent, ...options })
        : tf.layers.lstm({ ...recurrent, ...options });
    this.model = tf.sequential();
    this.model.add(
      suffixes.length === 2
        ? tf.layers.bidirectional({ layer: unit({}), mergeMode: 'concat', ...inputs })
        : unit(inputs),
    );
    this.model.add(tf.layers.dense({ units: tags, activation: 'softmax' }));
    this.model.compile({ optimizer: tf.train.momentum(0.02, 0.9), loss: 'categoricalCrossentropy' });
  }

  /** Rows of R as [B,T,·], zeros behind the ends. */
  padded({ lengths, sizes, starts }, rows, width) {
    const [B, T] = [lengths.length, sizes.length];
    const all = new Float32Array(B * T * width);
    lengths.forEach((length, i) => {
      for (let t = 0; t < length; t++) {
        const row = starts[t] + i;
        all.set(rows.subarray(row * width, (row + 1) * width), (i * T + t) * width);
      }
    });
    return tf.tensor3d(all, [B, T, width]);
  }

  inputs(batch) {
    return this.padded(batch, this.network.pick(0, batch).dataSync(), this.network.C);
  }

  async train(batch) {
    const { tags } = this.network;
    const [x, y] = tf.tidy(() => [this.inputs(batch), this.padded(batch, batch.oneHotGold.dataSync(), tags)]);
    const loss = await this.model.trainOnBatch(x, y);
    tf.dispose([x, y]);
    return loss;
  }

  tag(batch) {
    return tf.tidy(() => this.model.predict(this.inputs(batch)).argMax(2).dataSync());
  }
}

/** Names, backends and the share of the batches to run: the slow ones are not given all. */
const FORMULATIONS = [
  { name: 'loop, wasm backend', backend: 'wasm', make: Loop, share: 0.2 },
  { name: 'loop, cpu backend', backend: 'cpu', make: Loop, share: 0.03 },
  { name: 'layers on fixed inputs, wasm backend', backend: 'wasm', make: Layers, share: 0.15 },
];

let request;
let weights;
let made = new Map();

function weightsOf({ weights: path, shapes }) {
  const bytes = readFileSync(path);
  const flat = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const found = new Map();
  let offset = 0;
  for (const [name, rows, columns] of shapes) {
    found.set(name, { rows, columns, values: flat.slice(offset, offset + rows * columns) });
    offset += rows * columns;
  }
  return found;
}

/** A formulation with its own weights, made at its first use. */
async function formulation(name) {
  const { backend, make, share } = FORMULATIONS.find((other) => other.name === name);
  await tf.setBackend(backend);
  if (!made.has(name)) {
    const batches = request.batches.map((batch) => batchOf(batch, request.tags));
    const part = batches.slice(0, Math.max(Math.ceil(share * batches.length), 1));
    made.set(name, { one: new make(new Network(request, weights)), batches, part });
  }
  return made.get(name);
}

async function run(name, call) {
  const { one, part } = await formulation(name);
  const [clock, begin] = [performance.now(), process.cpuUsage()];
  for (const batch of part) await call(one, batch);
  const { user, system } = process.cpuUsage(begin);
  const passed = (performance.now() - clock) / 1000;
  return { seconds: (user + system) / 1e6, clock: passed, tokens: part.reduce((sum, { rows }) => sum + rows, 0) };
}

const COMMANDS = {
  async setup(asked) {
    tf.disposeVariables();
    request = asked;
    weights = weightsOf(asked);
    made = new Map();
    return { formulations: FORMULATIONS.map(({ name, make }) => [name, make !== Layers]) };
  },
  async check({ formulation: name, steps }) {
    const { one, batches } = await formulation(name);
    const first = batches.slice(0, steps);
    return {
      tags: first.map((batch) => Array.from(one.tag(batch))),
      losses: first.map((batch) => one.train(batch)),
    };
  },
  train: ({ formulation: name }) => run(name, (one, batch) => one.train(batch)),
  tag: ({ formulation: name }) => run(name, (one, batch) => one.tag(batch)),
};

setWasmPaths(`${FOLDER}/`);
setThreadsCount(1);
await tf.setBackend('wasm');
console.log(JSON.stringify({ version: tf.version.tfjs }));
for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  console.log(JSON.stringify(await COMMANDS[asked.command](asked)));
}
