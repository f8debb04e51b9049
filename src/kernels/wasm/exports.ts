/**
 * The functions of the compiled module (assembly/index.ts). Buffers are byte offsets; `backward` is 1 for the direction
 * that reads a sentence from its last token; `scratch` is memory of any content.
 */
export interface Exports {
  heapBase(): number;
  peak(rounds: number): number;
  useWideVectors(): void;

  fill(out: number, n: number, value: number): void;
  broadcast(out: number, row: number, m: number, n: number): void;
  columnSumsAdd(out: number, a: number, m: number, n: number): void;
  multiplyScratch(k: number, n: number): number;
  multiplyAdd(out: number, a: number, b: number, m: number, k: number, n: number, scratch: number): void;
  multiplyTransposedAdd(out: number, a: number, b: number, m: number, n: number, k: number, scratch: number): void;
  outerScratch(k: number, n: number): number;
  outerAdd(out: number, a: number, b: number, m: number, k: number, n: number, scratch: number): void;

  gatherColumns(
    rows: number,
    starts: number,
    ids: number,
    weights: number,
    table: number,
    bias: number,
    width: number,
    out: number,
  ): void;
  addColumns(
    rows: number,
    starts: number,
    ids: number,
    weights: number,
    table: number,
    width: number,
    out: number,
  ): void;
  scatterColumns(
    rows: number,
    starts: number,
    slots: number,
    weights: number,
    dOut: number,
    width: number,
    M: number,
    dTouched: number,
    scratch: number,
  ): void;
  scatterScratch(oneHots: number, M: number, width: number): number;

  packOneHots(
    starts: number,
    T: number,
    firsts: number,
    fromStarts: number,
    fromIds: number,
    fromWeights: number,
    toStarts: number,
    toIds: number,
    toWeights: number,
  ): number;
  packTokens(starts: number, T: number, firsts: number, values: number, out: number): void;
  packKeys(starts: number, T: number, sentences: number, key: number, out: number): void;
  indexLength(N: number): number;
  touchedColumns(index: number, N: number, ids: number, O: number, slots: number, touched: number): number;
  dropScratch(): number;
  dropOneHots(
    sentences: number,
    B: number,
    tokenStarts: number,
    key: number,
    decided: number,
    decidedRows: number,
    starts: number,
    ids: number,
    rows: number,
    kinds: number,
    toStarts: number,
    toIds: number,
    toWeights: number,
    starts2: number,
    ids2: number,
    rows2: number,
    kinds2: number,
    toStarts2: number,
    toIds2: number,
    toWeights2: number,
    scratch: number,
  ): void;

  dropout(
    out: number,
    x: number,
    rowKeys: number,
    rows: number,
    width: number,
    salt: number,
    threshold: number,
    scale: number,
  ): void;

  layerScratch(T: number, H: number, C: number): number;
  elmanForward(
    starts: number,
    T: number,
    backward: number,
    H: number,
    activation: number,
    W: number,
    states: number,
    scratch: number,
  ): void;
  elmanBackward(
    starts: number,
    T: number,
    backward: number,
    bpttSteps: number,
    H: number,
    activation: number,
    W: number,
    states: number,
    dStates: number,
    dPre: number,
    dW: number,
    scratch: number,
  ): void;
  lstmForward(
    starts: number,
    T: number,
    backward: number,
    H: number,
    W: number,
    gates: number,
    cells: number,
    squashed: number,
    states: number,
    scratch: number,
  ): void;
  lstmBackward(
    starts: number,
    T: number,
    backward: number,
    bpttSteps: number,
    H: number,
    W: number,
    gates: number,
    cells: number,
    squashed: number,
    states: number,
    dStates: number,
    dCells: number,
    dW: number,
    scratch: number,
  ): void;
  gruForward(
    starts: number,
    T: number,
    backward: number,
    H: number,
    W: number,
    bh: number,
    gates: number,
    recurrent: number,
    states: number,
    scratch: number,
  ): void;
  gruBackward(
    starts: number,
    T: number,
    backward: number,
    bpttSteps: number,
    H: number,
    W: number,
    gates: number,
    recurrent: number,
    states: number,
    dStates: number,
    dW: number,
    dbh: number,
    scratch: number,
  ): void;

  softmax(scores: number, rows: number, K: number): void;
  crossEntropy(probabilities: number, gold: number, rows: number, K: number, weights: number): number;

  crfScratch(R: number, K: number): number;
  crfLoss(
    starts: number,
    T: number,
    K: number,
    A: number,
    start: number,
    end: number,
    scores: number,
    gold: number,
    dA: number,
    dStart: number,
    dEnd: number,
    scratch: number,
  ): number;
  crfMarginals(
    starts: number,
    T: number,
    K: number,
    A: number,
    start: number,
    end: number,
    scores: number,
    scratch: number,
  ): number;
  decodeScratch(R: number, K: number): number;
  crfDecode(
    starts: number,
    T: number,
    K: number,
    A: number,
    start: number,
    end: number,
    scores: number,
    best: number,
    scratch: number,
  ): void;
  spansScratch(R: number, K: number): number;
  crfSpans(
    starts: number,
    T: number,
    K: number,
    A: number,
    start: number,
    end: number,
    scores: number,
    pairs: number,
    types: number,
    spans: number,
    S: number,
    probabilities: number,
    scratch: number,
  ): void;
  crfLikelySpans(
    starts: number,
    T: number,
    K: number,
    A: number,
    start: number,
    end: number,
    scores: number,
    pairs: number,
    types: number,
    least: number,
    spans: number,
    S: number,
    probabilities: number,
    scratch: number,
  ): number;

  matchColumns(touched: number, n: number, other: number, m: number, pairs: number): number;
  addRows(pairs: number, P: number, d: number, e: number, width: number): void;

  squaredNorm(x: number, n: number): number;
  sgd(w: number, g: number, v: number, n: number, rate: number, momentum: number, scale: number): void;
  sgdColumns(w: number, touched: number, count: number, g: number, width: number, step: number): void;
  adam(
    w: number,
    g: number,
    first: number,
    second: number,
    n: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    correction1: number,
    correction2: number,
    scale: number,
  ): void;
  adamColumns(
    w: number,
    touched: number,
    count: number,
    g: number,
    first: number,
    second: number,
    width: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    correction1: number,
    correction2: number,
    scale: number,
  ): void;
  adagradColumns(
    w: number,
    touched: number,
    count: number,
    g: number,
    squares: number,
    width: number,
    rate: number,
    epsilon: number,
    scale: number,
  ): void;
  averageInto(mean: number, x: number, n: number, share: number): void;
  exchange(a: number, b: number, n: number): void;
}
