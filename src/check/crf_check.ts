import { DataError } from '../errors.js';
import type { Chain, FloatBuffer, IntBuffer, Kernels, Packing } from '../kernels/kernels.js';
import type { CrfReference } from './reference_file.js';
import { checkedIds } from './reference_network.js';
import { type Difference, difference, type Tensor } from './tensor.js';

/**
 * Compares log Z, the loss with its gradients, the marginals and the best path of a linear chain over one sentence with a
 * reference file.
 *
 * @throws DataError where the file's members do not fit one another
 */
export function checkCrf(file: CrfReference, kernels: Kernels, source: string): Difference[] {
  const T = file.emissions.length;
  const K = file.start.length;
  const read = (member: string, matrix: readonly (readonly number[])[], rows: number): Tensor => {
    if (matrix.length !== rows || matrix.some((row) => row.length !== K)) {
      throw new DataError(`${member}: expected ${rows} × ${K} numbers`, { at: { source } });
    }
    return { shape: [rows, K], values: matrix.flat() };
  };
  const emissions = read('emissions', file.emissions, T);
  const weights = [
    read('transitions', file.transitions, K),
    read('start', [file.start], 1),
    read('end', [file.end], 1),
  ];
  const { gradients } = file;
  const lattice = new SentenceLattice(kernels, T, K, emissions, weights);
  const tags = tokenIds(file.tags, T, K, 'tags', source);
  const bestPath = tokenIds(file.bestPath, T, K, 'bestPath', source);
  const { logZ, marginals } = lattice.marginals();
  const { loss, slopes } = lattice.loss(tags);
  const best = lattice.best();
  const [dEmissions, dTransitions, dStart, dEnd] = slopes;
  const number = (value: number): Tensor => ({ shape: [1], values: [value] });
  return [
    difference('log Z', [logZ], number(file.logPartition)),
    difference('gold score', [logZ - loss], number(file.goldScore)),
    difference('loss', [loss], number(file.loss)),
    difference('marginals', marginals, read('marginals', file.marginals, T)),
    difference('best path', best, { shape: [T], values: bestPath }),
    difference('best score', [logZ - lattice.loss(best).loss], number(file.bestScore)),
    difference('demissions', dEmissions, read('gradients.emissions', gradients.emissions, T)),
    difference('dtransitions', dTransitions, read('gradients.transitions', gradients.transitions, K)),
    difference('dstart', dStart, read('gradients.start', [gradients.start], 1)),
    difference('dend', dEnd, read('gradients.end', [gradients.end], 1)),
  ];
}

function tokenIds(ids: readonly number[], T: number, K: number, member: string, source: string): Int32Array {
  if (ids.length !== T) {
    throw new DataError(`${member}: expected ${T}, one a token, found ${ids.length}`, { at: { source } });
  }
  return checkedIds(ids, K, member, source);
}

/** One sentence and the weights of its chain in some kernels. */
class SentenceLattice {
  private readonly packing: Packing;
  private readonly scores: FloatBuffer;
  private readonly tags: IntBuffer;
  private readonly chain: Chain;
  private readonly dChain: Chain;

  /** `weights` are A [K,K], start [1,K] and end [1,K]; emissions have shape [T,K]. */
  constructor(
    private readonly kernels: Kernels,
    T: number,
    K: number,
    private readonly emissions: Tensor,
    weights: readonly Tensor[],
  ) {
    const starts = kernels.ints(T + 1);
    kernels.viewInts(starts).set(Int32Array.from({ length: T + 1 }, (_, t) => t));
    this.packing = { steps: T, rows: T, starts };
    this.scores = kernels.floats(T * K);
    this.tags = kernels.ints(T);
    const take = (): Chain => {
      const [transitions, start, end] = weights.map(({ values }) => kernels.floats(values.length));
      return { tags: K, transitions, start, end };
    };
    this.chain = take();
    this.dChain = take();
    partsOf(this.chain).forEach((buffer, i) => {
      kernels.view(buffer).set(weights[i].values);
    });
  }

  marginals(): { logZ: number; marginals: Float64Array } {
    this.loadScores();
    const logZ = this.kernels.crfMarginals(this.packing, this.chain, this.scores);
    return { logZ, marginals: this.read(this.scores) };
  }

  /** The loss of some tags, and its gradients: of the emissions, A, start and end. */
  loss(tags: Int32Array): { loss: number; slopes: Float64Array[] } {
    this.loadScores();
    this.kernels.viewInts(this.tags).set(tags);
    for (const buffer of partsOf(this.dChain)) this.kernels.fill(buffer, 0);
    const loss = this.kernels.crfLoss(this.packing, this.chain, this.scores, this.tags, this.dChain);
    return { loss, slopes: [this.scores, ...partsOf(this.dChain)].map((buffer) => this.read(buffer)) };
  }

  best(): Int32Array {
    this.loadScores();
    this.kernels.crfDecode(this.packing, this.chain, this.scores, this.tags);
    return Int32Array.from(this.kernels.viewInts(this.tags));
  }

  private loadScores(): void {
    this.kernels.view(this.scores).set(this.emissions.values);
  }

  private read(buffer: FloatBuffer): Float64Array {
    return Float64Array.from(this.kernels.view(buffer));
  }
}

function partsOf({ transitions, start, end }: Chain): FloatBuffer[] {
  return [transitions, start, end];
}
