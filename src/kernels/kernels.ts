/**
 * The contract between the network and the code that does its arithmetic.
 *
 * A call covers a whole layer over a whole batch. Every matrix is row-major. A weight matrix has one row for each of its
 * inputs, so that `out[m,n] += in[m,k] · M[k,n]`: row v of the column table is the column of U that a one-hot picks.
 *
 * A batch is packed time-major, longest sentence first: step t holds one row for each sentence longer than t, in the
 * same order at every step, so the live rows of a step are a prefix of those of the step before and nothing is padded.
 *
 * A buffer of rows may be longer than the batch needs; what lies behind its R rows is neither read nor written.
 *
 * In names: R rows (tokens) of a batch, T steps, H hidden units, C = gates × H, K tags, N rows of the column table.
 */

/** A run of floats in the kernels' memory: `offset` and `length` count elements. */
export interface FloatBuffer {
  readonly type: 'float';
  readonly offset: number;
  readonly length: number;
}

/** A run of 32-bit integers in the kernels' memory. */
export interface IntBuffer {
  readonly type: 'int';
  readonly offset: number;
  readonly length: number;
}

export type FloatArray = Float32Array | Float64Array;

/** Everything allocated after a mark is given back by `release(mark)`. */
export interface Mark {
  readonly floats: number;
  readonly ints: number;
}

/** Where the rows of a packed batch lie: step t has rows `starts[t]` to `starts[t+1]`. */
export interface Packing {
  /** T */
  readonly steps: number;
  /** R */
  readonly rows: number;
  /** Shape [T+1]. */
  readonly starts: IntBuffer;
}

/** The one-hots of every row: those of row r are `starts[r]` to `starts[r+1]` of the lists below. */
export interface OneHots {
  /** Shape [R+1]. */
  readonly starts: IntBuffer;
  /** The row of the column table that each one-hot picks; a list as long as `starts[R]`. */
  readonly ids: IntBuffer;
  /** What each one-hot is multiplied by; all by 1 where there are none. */
  readonly weights?: FloatBuffer;
  /** The place of each one-hot's id among the M distinct ids of the batch, ascending. */
  readonly slots: IntBuffer;
}

/** The one-hots of tokens, one after the other: those of token t are `starts[t]` to `starts[t+1]` of the lists below. */
export interface TokenOneHots {
  readonly starts: IntBuffer;
  readonly ids: IntBuffer;
  /** Absent where all are 1. */
  readonly weights?: FloatBuffer;
}

/** One-hots of one column table, how they are dropped, and where those go that stay. */
export interface DropTable {
  readonly from: TokenOneHots;
  /** The kind of every row, and how often it was seen; shape [N,2]. */
  readonly rows: IntBuffer;
  /** What holds for each kind; shape [kinds, `DROP_FIELDS`]. */
  readonly kinds: IntBuffer;
  /** Memory for as many; weights are written where they are. */
  readonly to: TokenOneHots;
}

/**
 * What is known of a kind of one-hots: the row that stands for one that is too rare (−1: it is left out), which of a token's draws, up
 * to 16, decides that (−1: none), the draw of 32 bits below which one is dropped whatever its count, whether this is decided once
 * for all tokens of a sentence, and whether those of a token are averaged.
 */
export const DROP_FIELDS = ['unknown', 'draw', 'threshold', 'bySentence', 'mean'] as const;

/** `forward` reads a sentence from its first token, `backward` from its last. */
export type Direction = 'forward' | 'backward';

export type Activation = 'sigmoid' | 'tanh' | 'relu';

/** What every recurrent layer's call needs to know. */
export interface Recurrence {
  readonly packing: Packing;
  readonly direction: Direction;
  /** H */
  readonly hidden: number;
  /** The gradient does not cross from token t to t−1 where t is a multiple of this; 0 lets it reach back all the way. */
  readonly bpttSteps: number;
}

/** Adam's settings for one step (Kingma & Ba 2015); `correction1` = 1 − β1^t, `correction2` = 1 − β2^t. */
export interface AdamStep {
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly correction1: number;
  readonly correction2: number;
}

/** The buffers of an LSTM layer. */
export interface LstmBuffers {
  /** Shape [R,4H], gates i f g o. Pre-activations in, gates out of forward; d(pre-activations) out of backward. */
  readonly gates: FloatBuffer;
  /** c, shape [R,H]. */
  readonly cells: FloatBuffer;
  /** tanh(c), shape [R,H]. */
  readonly squashed: FloatBuffer;
  /** s, shape [R,H]. */
  readonly states: FloatBuffer;
}

/** The buffers of a GRU layer. */
export interface GruBuffers {
  /** Shape [R,3H], gates r z n. Pre-activations in, gates out of forward; d(pre-activations) out of backward. */
  readonly gates: FloatBuffer;
  /** W s(t−1) + bh, shape [R,3H]. Written by forward; its gradient out of backward. */
  readonly recurrent: FloatBuffer;
  /** s, shape [R,H]. */
  readonly states: FloatBuffer;
}

/**
 * The scores of a linear chain of tags (Lafferty, McCallum & Pereira 2001), or their gradients. A score of −∞ forbids; every
 * sentence must have a path that is not forbidden.
 */
export interface Chain {
  /** K */
  readonly tags: number;
  /** A, of every tag (row) followed by every tag (column); shape [K,K]. */
  readonly transitions: FloatBuffer;
  /** Of a sentence's first tag; shape [K]. */
  readonly start: FloatBuffer;
  /** Of its last; shape [K]. */
  readonly end: FloatBuffer;
}

/** What tags mean for entities. */
export interface TagPairs {
  /**
   * Shape [K+1,K+1], for every tag followed by every tag, K standing for what is outside the sentence: 1 where an entity
   * begins with the second tag, plus 2 where one ends with the first.
   */
  readonly pairs: IntBuffer;
  /** The type of entity that a tag is of, −1 for none; shape [K]. */
  readonly types: IntBuffer;
}

export interface Kernels {
  /** Part of the record of a model: which arithmetic made it. */
  readonly name: string;
  /** Bytes of one float in this implementation. */
  readonly floatBytes: number;
  /** The most bytes that its memory can have. */
  readonly mostBytes: number;
  /** Whether its memory grows where it is; else what it holds is copied into a larger one. */
  readonly growsInPlace: boolean;

  /** New zeroed memory. Throws RunError when there is not enough. */
  floats(length: number): FloatBuffer;
  ints(length: number): IntBuffer;
  mark(): Mark;
  release(mark: Mark): void;
  /** A view of a buffer; valid until the next call of any other method, which may grow the memory. */
  view(buffer: FloatBuffer): FloatArray;
  viewInts(buffer: IntBuffer): Int32Array;
  fill(buffer: FloatBuffer, value: number): void;

  /**
   * out[r,:] = bias + Σ weight · table[id,:] over the one-hots of row r: U x + b. Shapes out [R,C], table [N,C], bias [C].
   */
  gatherColumns(rows: number, oneHots: OneHots, table: FloatBuffer, bias: FloatBuffer, out: FloatBuffer): void;
  /** out[r,:] += Σ weight · table[id,:] over the one-hots of row r. Shapes out [R,width], table [N,width]. */
  addColumns(rows: number, oneHots: OneHots, table: FloatBuffer, width: number, out: FloatBuffer): void;
  /** dTouched[slot,:] = Σ weight · dOut[r,:] over the one-hots of all rows that have this slot. Shapes dOut [R,C], dTouched [M,C]. */
  scatterColumns(rows: number, oneHots: OneHots, dOut: FloatBuffer, width: number, dTouched: FloatBuffer): void;

  /**
   * Lays sentences out by the rows of a packed batch, where sentence i, of falling lengths, begins at token `firsts[i]`. The one-hots of
   * its rows: `to.slots` is left as it is. Returns O, how many there are.
   */
  packOneHots(packing: Packing, firsts: IntBuffer, from: TokenOneHots, to: OneHots): number;
  /** One number a token: out[row] = values[token]; shape [R]. */
  packTokens(packing: Packing, firsts: IntBuffer, values: IntBuffer, out: IntBuffer): void;
  /** out[row] = mix(mix(key, sentences[i]), t), see `mix` in hash.ts; shape [R]. */
  packKeys(packing: Packing, sentences: IntBuffer, key: number, out: IntBuffer): void;
  /** Memory with which `touchedColumns` finds ids below `rows`: for one caller at a time. */
  columnIndex(rows: number): IntBuffer;
  /**
   * The distinct ones of ids [O], ascending: fills the first M of touched and returns M. slots [O]: the place of each id there.
   */
  touchedColumns(index: IntBuffer, rows: number, ids: IntBuffer, slots: IntBuffer, touched: IntBuffer): number;
  /**
   * Drops one-hots of some sentences in one table or in two, and puts those that stay in a row, in each table. Rarity dropout: a one-hot seen n times stays
   * if u (1 + n) ≥ 1 for its token's u, drawn from [0, 1), so with chance n / (1 + n); one draw holds for all of a token's in both tables.
   * Before that, dropout by the kinds' thresholds; last, the weights of averaged kinds. Draw j of sentence s is mix(mix(key, s), j).
   * `decided` is memory for decisions on whole sentences: an integer for each row that they are made on, and one more; zeros at first.
   */
  dropOneHots(
    sentences: IntBuffer,
    tokenStarts: IntBuffer,
    key: number,
    tables: readonly DropTable[],
    decided: IntBuffer,
  ): void;

  /**
   * Inverted dropout (Srivastava et al. 2014): out[r,j] = 0 with chance `rate`, else in[r,j] / (1 − rate). What is dropped follows from
   * (rowKeys[r], salt + j) alone and is the same in every implementation, so that a gradient is dropped by the same call.
   * Shapes out and in [R,width], which may be the same buffer; rate < 1.
   */
  dropout(
    out: FloatBuffer,
    input: FloatBuffer,
    rowKeys: IntBuffer,
    rows: number,
    width: number,
    salt: number,
    rate: number,
  ): void;

  /** out[r,:] = bias. Shapes out [m,n], bias [n]. */
  broadcast(out: FloatBuffer, bias: FloatBuffer, m: number, n: number): void;
  /** out[m,n] += a[m,k] · b[k,n] */
  multiplyAdd(out: FloatBuffer, a: FloatBuffer, b: FloatBuffer, m: number, k: number, n: number): void;
  /** out[m,k] += a[m,n] · b[k,n]ᵀ */
  multiplyTransposedAdd(out: FloatBuffer, a: FloatBuffer, b: FloatBuffer, m: number, n: number, k: number): void;
  /** out[k,n] += a[m,k]ᵀ · b[m,n] */
  outerAdd(out: FloatBuffer, a: FloatBuffer, b: FloatBuffer, m: number, k: number, n: number): void;
  /** out[n] += Σ_m a[m,n] */
  columnSumsAdd(out: FloatBuffer, a: FloatBuffer, m: number, n: number): void;

  /** states: pre-activations U x + b in, s out; shape [R,H]. W has shape [H,H]. */
  elmanForward(recurrence: Recurrence, activation: Activation, W: FloatBuffer, states: FloatBuffer): void;
  /**
   * dStates: dL/ds of the layers above in, of everything that follows out. dPre: written, d(pre-activations). Both
   * [R,H]. dW accumulates, where it is asked for.
   */
  elmanBackward(
    recurrence: Recurrence,
    activation: Activation,
    W: FloatBuffer,
    states: FloatBuffer,
    dStates: FloatBuffer,
    dPre: FloatBuffer,
    dW?: FloatBuffer,
  ): void;

  /** W has shape [H,4H]. */
  lstmForward(recurrence: Recurrence, W: FloatBuffer, buffers: LstmBuffers): void;
  /** dStates as in elmanBackward; dCells [R,H]: written, dL/dc of everything that follows. dW accumulates, where it is asked for. */
  lstmBackward(
    recurrence: Recurrence,
    W: FloatBuffer,
    buffers: LstmBuffers,
    dStates: FloatBuffer,
    dCells: FloatBuffer,
    dW?: FloatBuffer,
  ): void;

  /** W has shape [H,3H], bh [3H]. */
  gruForward(recurrence: Recurrence, W: FloatBuffer, bh: FloatBuffer, buffers: GruBuffers): void;
  /** dStates as in elmanBackward; dW and dbh accumulate, where they are asked for. */
  gruBackward(
    recurrence: Recurrence,
    W: FloatBuffer,
    buffers: GruBuffers,
    dStates: FloatBuffer,
    dW?: FloatBuffer,
    dbh?: FloatBuffer,
  ): void;

  /** Each row of scores [R,K] becomes its softmax. */
  softmax(scores: FloatBuffer, rows: number, tags: number): void;
  /**
   * Returns Σ_r −w(gold[r]) log p(gold[r]) over probabilities [R,K] and turns them into dL/dlogits = w (p − one-hot(gold)).
   * A row whose gold is negative has no loss and no gradient. Weights w have shape [K]; all are 1 where there are none.
   */
  crossEntropy(probabilities: FloatBuffer, gold: IntBuffer, rows: number, tags: number, weights?: FloatBuffer): number;

  /**
   * Returns Σ −log p(gold | sentence) of a linear chain over scores [R,K] and turns them into dL/dscores; dChain accumulates.
   * A row whose gold is negative may have any tag: the loss is that of the tags that are given.
   */
  crfLoss(packing: Packing, chain: Chain, scores: FloatBuffer, gold: IntBuffer, dChain: Chain): number;
  /** Each row of scores [R,K] becomes the probabilities of its tags given the sentence; returns Σ log Z. */
  crfMarginals(packing: Packing, chain: Chain, scores: FloatBuffer): number;
  /** best [R]: the tags of every sentence's best path over scores [R,K]; of equally good ones that with the smallest ids last. */
  crfDecode(packing: Packing, chain: Chain, scores: FloatBuffer, best: IntBuffer): void;
  /**
   * probabilities [S]: of S entities, each that exactly these tokens are an entity of this type. spans [S,4] has the
   * sentence (0 the longest), the first token, the one behind the last, and the type.
   */
  crfSpans(
    packing: Packing,
    chain: Chain,
    scores: FloatBuffer,
    tagPairs: TagPairs,
    spans: IntBuffer,
    probabilities: FloatBuffer,
  ): void;
  /**
   * Every entity whose probability is at least `least`, in (0, 1]: fills the first rows of spans [S,4] and probabilities [S] as `crfSpans`
   * has them, in the order of sentences, first tokens and types, the shorter first, and returns how many there are: R / least at
   * most. Those that S has no room for are left out.
   */
  crfLikelySpans(
    packing: Packing,
    chain: Chain,
    scores: FloatBuffer,
    tagPairs: TagPairs,
    least: number,
    spans: IntBuffer,
    probabilities: FloatBuffer,
  ): number;

  /**
   * Finds the rows that two shards of a batch touched both, which each lists in ascending order, and strikes them from the second list: there
   * stands ~id then. What was struck before is no row. Fills the first P rows of pairs [·,2] with their places and returns P.
   */
  matchColumns(touched: IntBuffer, other: IntBuffer, pairs: IntBuffer): number;
  /** d[i,:] += e[j,:] for the first `count` pairs (i, j). */
  addRows(pairs: IntBuffer, count: number, d: FloatBuffer, e: FloatBuffer, width: number): void;

  /** Σ x² in float64. */
  squaredNorm(buffer: FloatBuffer): number;
  /** velocity = momentum · velocity + scale · gradient; weight −= rate · velocity. */
  sgd(
    weights: FloatBuffer,
    gradients: FloatBuffer,
    velocity: FloatBuffer,
    rate: number,
    momentum: number,
    scale: number,
  ): void;
  /** weight[touched[i],:] −= rate · scale · dTouched[i,:]; here none may be struck. */
  sgdColumns(
    table: FloatBuffer,
    touched: IntBuffer,
    dTouched: FloatBuffer,
    width: number,
    rate: number,
    scale: number,
  ): void;
  /** first and second are Adam's running moments, shaped like the weights. */
  adam(
    weights: FloatBuffer,
    gradients: FloatBuffer,
    first: FloatBuffer,
    second: FloatBuffer,
    step: AdamStep,
    scale: number,
  ): void;
  /** Lazy Adam: moments and weights move only in the rows that the batch touched and that are not struck. */
  adamColumns(
    table: FloatBuffer,
    touched: IntBuffer,
    dTouched: FloatBuffer,
    first: FloatBuffer,
    second: FloatBuffer,
    width: number,
    step: AdamStep,
    scale: number,
  ): void;
  /**
   * Adagrad in the rows that the batch touched and that are not struck (Duchi, Hazan & Singer 2011): squares += (scale · dTouched)²,
   * weight −= rate · scale · dTouched / (√squares + ε); squares is shaped like the table.
   */
  adagradColumns(
    table: FloatBuffer,
    touched: IntBuffer,
    dTouched: FloatBuffer,
    squares: FloatBuffer,
    width: number,
    rate: number,
    epsilon: number,
    scale: number,
  ): void;

  /** mean += (weights − mean) / count: the mean of `count` lists from that of those before. */
  average(mean: FloatBuffer, weights: FloatBuffer, count: number): void;
  /** Each takes what the other has; both are equally long. */
  exchange(a: FloatBuffer, b: FloatBuffer): void;
}

/** Elements `[start, start + length)` of a buffer, as a buffer. */
export function part<B extends FloatBuffer | IntBuffer>(buffer: B, start: number, length: number): B {
  if (start < 0 || length < 0 || start + length > buffer.length) {
    throw new RangeError(`part [${start}, ${start + length}) of a buffer of ${buffer.length}`);
  }
  return { ...buffer, offset: buffer.offset + start, length };
}

/** A hash of 32 bits below this drops a unit. */
export function dropThreshold(rate: number): number {
  return Math.floor(rate * 2 ** 32);
}
