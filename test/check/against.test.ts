import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { checkAgainst } from '../../src/check/against.js';
import { DataError } from '../../src/errors.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { errorOf } from '../support/error_of.js';
import { changed, numberPaths, REFERENCE_FILES, referenceContent } from '../support/reference_files.js';
import { wasmKernels } from '../support/wasm.js';

const KINDS = new Map([
  ['crf.json', 'crf'],
  ['optimizers.json', 'optimizers'],
  ['gradient-reach-elman-tanh.json', 'gradient reach'],
  ['gradient-reach-lstm.json', 'gradient reach'],
]);

afterEach(() => {
  jest.restoreAllMocks();
});

function failures(json: string): string[] {
  return checkAgainst(json, 'file.json', wasmKernels())
    .rows.filter(({ passed }) => !passed)
    .map(({ name }) => name);
}

/** The largest number below some members, by its keys. */
function largest(content: Record<string, unknown>, keys: readonly (string | number)[]): (string | number)[] {
  let value: unknown = content;
  for (const key of keys) value = (value as Record<string | number, unknown>)[key];
  const read = (path: readonly (string | number)[]): number =>
    path.reduce<unknown>((inside, key) => (inside as Record<string | number, unknown>)[key], content) as number;
  return numberPaths(value, keys).reduce((a, b) => (Math.abs(read(b)) > Math.abs(read(a)) ? b : a));
}

describe('values that another program computed', () => {
  it.each(REFERENCE_FILES)('of %s agree in both precisions', (name) => {
    const { kind, rows } = checkAgainst(JSON.stringify(referenceContent(name)), name, wasmKernels());
    expect(kind).toBe(KINDS.get(name) ?? 'network');
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect([
        row.name,
        row.errors.float64 < 1e-12,
        Math.max(row.errors.float32, row.errors.running) < 1e-5,
        row.passed,
      ]).toEqual([row.name, true, true, true]);
    }
    // float32 is really used: it cannot agree to the last digit
    expect(Math.max(...rows.map(({ errors }) => errors.float32))).toBeGreaterThan(1e-9);
  });

  it('come with their shapes, in the layout of this build', () => {
    const { rows } = checkAgainst(
      JSON.stringify(referenceContent('elman-tanh-bidirectional.json')),
      'file.json',
      wasmKernels(),
    );
    const shapes = new Map(rows.map(({ name, shape }) => [name, shape.join('×')]));
    const names = ['states', 'logits', 'loss', 'dU_backward', 'dV', 'db', 'one by one: loss', 'one by one: states'];
    expect(names.map((name) => shapes.get(name))).toEqual(['14×10', '14×4', '1', '9×5', '10×4', '1×5', '4', '14×10']);
  });

  const networks = REFERENCE_FILES.filter((name) => !KINDS.has(name));

  it.each(networks)('of %s disagree where any one gradient is changed by 0.4%%', (name) => {
    const content = referenceContent(name);
    for (const parameter of Object.keys(content.gradients as object)) {
      const path = largest(content, ['gradients', parameter]);
      const json = changed(content, path, (value) => (value as number) * 1.004);
      expect(failures(json)).toEqual([`d${parameter}`, `one by one: d${parameter}`]);
    }
  });

  it.each(networks)('of %s disagree where a state, logit, probability or loss is changed', (name) => {
    const content = referenceContent(name);
    for (const quantity of ['states', 'logits', 'probabilities']) {
      const path = largest(content, ['sentences', 1, quantity]);
      const json = changed(content, path, (value) => (value as number) * 1.004);
      expect(failures(json)).toEqual([quantity, `one by one: ${quantity}`]);
    }
    expect(failures(changed(content, ['sentences', 2, 'loss'], (loss) => (loss as number) + 1e-3))).toEqual([
      'one by one: loss',
    ]);
    expect(failures(changed(content, ['loss'], (loss) => (loss as number) * 1.004))).toEqual(['loss']);
  });

  it('of the gradient reach disagree where a norm or the loss is changed', () => {
    const content = referenceContent('gradient-reach-lstm.json');
    const change = (value: unknown): number => (value as number) * 1.004;
    expect(failures(changed(content, ['stateGradientNorms', 29], change))).toEqual(['norms of dL/ds']);
    expect(failures(changed(content, ['cellGradientNorms', 29], change))).toEqual(['norms of dL/dc']);
    expect(failures(changed(content, ['loss'], change))).toEqual(['loss']);
    const { cellGradientNorms, ...without } = content;
    expect(cellGradientNorms).toHaveLength(30);
    expect(failures(JSON.stringify(without))).toEqual([]);
  });

  it('of the optimizers disagree where a weight after any step is changed', () => {
    const content = referenceContent('optimizers.json');
    for (let step = 0; step < 5; step++) {
      const path = largest(content, ['runs', 1, 'weights', step]);
      const json = changed(content, path, (value) => (value as number) * 1.004);
      expect(failures(json)).toEqual(['sgd lr=0.1 momentum=0.9']);
    }
    const adam = changed(content, largest(content, ['runs', 2, 'weights', 4]), (value) => (value as number) * 1.004);
    expect(failures(adam)).toHaveLength(2);
  });

  it('of the CRF disagree where any one quantity is changed', () => {
    const content = referenceContent('crf.json');
    const change = (value: unknown): number => (value as number) * 1.004;
    const changes: [(string | number)[], string][] = [
      [['logPartition'], 'log Z'],
      [['goldScore'], 'gold score'],
      [['loss'], 'loss'],
      [['bestScore'], 'best score'],
      [largest(content, ['marginals']), 'marginals'],
      ...['emissions', 'transitions', 'start', 'end'].map((name): [(string | number)[], string] => [
        largest(content, ['gradients', name]),
        `d${name}`,
      ]),
    ];
    for (const [path, name] of changes) expect(failures(changed(content, path, change))).toEqual([name]);
    expect(failures(changed(content, ['bestPath', 3], (tag) => ((tag as number) + 1) % 4))).toEqual(['best path']);
    const otherWeight = changed(content, largest(content, ['transitions']), change);
    expect(failures(otherWeight)).toEqual(expect.arrayContaining(['log Z', 'loss', 'dtransitions']));
  });

  it('fail where the kernels compute no number', () => {
    jest.spyOn(ReferenceKernels.prototype, 'crossEntropy').mockReturnValue(Number.NaN);
    const { rows } = checkAgainst(JSON.stringify(referenceContent('lstm.json')), 'lstm.json', wasmKernels());
    const losses = rows.filter(({ name }) => name.includes('loss'));
    expect(losses.map(({ passed }) => passed)).toEqual([false, false]);
    expect(losses.map(({ errors }) => errors.float32)).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});

/** [file, keys, change, message] */
const BROKEN: [string, (string | number)[], (value: unknown) => unknown, string][] = [
  ['lstm.json', ['gradients'], () => undefined, 'gradients: missing'],
  ['lstm.json', ['sentences', 0, 'states'], () => undefined, 'sentences[0].states: missing'],
  ['lstm.json', ['sentences', 0, 'states', 2], () => [1], 'sentences[0].states: expected 6 × 5 numbers'],
  ['lstm.json', ['sentences', 1, 'logits'], () => [[1, 2, 3, 4]], 'sentences[1].logits: expected 3 × 4 numbers'],
  ['lstm.json', ['sentences', 0, 'tags'], () => [0], 'sentences[0].tags: expected 6, one a token, found 1'],
  ['lstm.json', ['sentences', 0, 'tags', 3], () => 4, 'sentences[0].tags[3]: 4 is not an id below 4'],
  ['lstm.json', ['sentences', 0, 'tokens', 3], () => 9, 'sentences[0].tokens[3]: 9 is not an id below 9'],
  ['lstm.json', ['parameters', 'W'], () => undefined, 'parameters.W: missing'],
  ['lstm.json', ['parameters', 'W', 3], () => [1, 2], 'parameters.W: expected a matrix of 20 × 5 numbers'],
  [
    'lstm.json',
    ['parameters', 'W'],
    (W) => (W as unknown[]).slice(1),
    'parameters.W: expected a matrix of 20 × 5 numbers',
  ],
  ['lstm.json', ['parameters', 'W'], () => [1, 2, 3, 4, 5], 'parameters.W: expected a matrix of 20 × 5 numbers'],
  ['lstm.json', ['parameters', 'b'], () => [1, 2], 'parameters.b: expected 20 numbers'],
  ['lstm.json', ['parameters', 'bh'], () => [1], 'parameters.bh: the network has no such parameter'],
  ['lstm.json', ['gradients', 'c'], () => [1], 'gradients.c: expected 4 numbers'],
  ['lstm.json', ['gateOrder'], () => 'rzn', "gateOrder: rzn is not the order of lstm's gates"],
  ['elman-tanh.json', ['activation'], () => undefined, 'activation: an Elman network needs one'],
  ['elman-tanh.json', ['cell'], () => 'jordan', 'cell: Invalid option'],
  ['gradient-reach-lstm.json', ['stateGradientNorms'], () => undefined, 'stateGradientNorms: missing'],
  [
    'gradient-reach-lstm.json',
    ['stateGradientNorms'],
    () => [1],
    'stateGradientNorms: expected 30, one a token, found 1',
  ],
  [
    'gradient-reach-lstm.json',
    ['cellGradientNorms'],
    () => [1],
    'cellGradientNorms: expected 30, one a token, found 1',
  ],
  ['gradient-reach-lstm.json', ['lastTag'], () => 4, 'lastTag: 4 is not an id below 4'],
  ['gradient-reach-lstm.json', ['bidirectional'], () => true, 'bidirectional: '],
  ['gradient-reach-elman-tanh.json', ['cellGradientNorms'], () => [1], 'cellGradientNorms: elman has no memory cell'],
  ['optimizers.json', ['gradients', 2], () => [1], 'gradients[2]: expected 6 numbers'],
  ['optimizers.json', ['runs', 1, 'weights'], () => [[1]], 'runs[1].weights: expected 5 × 6 numbers'],
  ['optimizers.json', ['runs', 1, 'weights', 4], () => [1], 'runs[1].weights: expected 5 × 6 numbers'],
  ['optimizers.json', ['runs', 0, 'optimizer'], () => 'rmsprop lr=1', 'runs[0].optimizer: unknown optimizer "rmsprop"'],
  ['optimizers.json', ['runs', 0, 'optimizer'], () => 'sgd', 'runs[0].optimizer: lr=NUMBER is missing'],
  ['optimizers.json', ['runs', 0, 'optimizer'], () => 'sgd lr=x', 'runs[0].optimizer: "lr=x" is not one of lr=NUMBER'],
  ['optimizers.json', ['runs', 0, 'optimizer'], () => 'sgd lr=', 'runs[0].optimizer: "lr=" is not one of lr=NUMBER'],
  ['optimizers.json', ['runs', 0, 'optimizer'], () => 'sgd lr=1 eps=1', 'runs[0].optimizer: "eps=1" is not one of'],
  [
    'optimizers.json',
    ['runs', 2, 'optimizer'],
    () => 'adam lr=1 beta1=0.8',
    'runs[2].optimizer: only beta1=0.9 is supported',
  ],
  ['optimizers.json', ['runs'], () => undefined, 'runs: missing'],
  ['lstm.json', ['parameters', 'W'], () => [], 'parameters.W: expected a matrix of 20 × 5 numbers'],
  ['lstm.json', ['sentences'], () => [], 'sentences: Too small'],
  ['lstm.json', ['sentences', 0, 'tokens'], () => [], 'sentences[0].tokens: Too small'],
  ['lstm.json', ['sentences', 0, 'tags', 0], () => -1, 'sentences[0].tags[0]: Too small'],
  ['gradient-reach-lstm.json', ['tokens'], () => [], 'tokens: Too small'],
  ['optimizers.json', ['runs'], () => [], 'runs: Too small'],
  ['optimizers.json', ['gradients'], () => [], 'gradients: Too small'],
  ['optimizers.json', ['start'], () => [], 'start: Too small'],
  ['crf.json', ['emissions'], () => undefined, 'emissions: missing'],
  ['crf.json', ['emissions', 1], () => [1, 2, 3], 'emissions: expected 7 × 4 numbers'],
  ['crf.json', ['transitions'], () => [[1, 2, 3, 4]], 'transitions: expected 4 × 4 numbers'],
  ['crf.json', ['end'], () => [1, 2], 'end: expected 1 × 4 numbers'],
  ['crf.json', ['gradients', 'start'], () => [1], 'gradients.start: expected 1 × 4 numbers'],
  ['crf.json', ['tags'], () => [0, 1], 'tags: expected 7, one a token, found 2'],
  ['crf.json', ['bestPath', 2], () => 4, 'bestPath[2]: 4 is not an id below 4'],
];

describe('a file of reference values', () => {
  it.each(BROKEN)('%s with %j changed is refused, naming what is wrong', (name, keys, change, message) => {
    const error = errorOf(() =>
      checkAgainst(changed(referenceContent(name), keys, change), 'file.json', wasmKernels()),
    );
    expect(error).toBeInstanceOf(DataError);
    expect(error.message.slice(0, `file.json: ${message}`.length)).toBe(`file.json: ${message}`);
  });

  it.each([
    ['{\n "cell": "lstm",\n "x": nonsense }', 3, 'column 7'],
    ['{\n "cell": [1,\n', 3, 'column 1'],
    ['{"cell": 1}\n}', 2, 'column 1'],
    ['', 1, 'column 1'],
  ])('that is no JSON is refused with its line: %j', (json, line, column) => {
    const error = errorOf(() => checkAgainst(json, 'file.json', wasmKernels()));
    expect(error).toBeInstanceOf(DataError);
    expect(error.at).toEqual({ source: 'file.json', line });
    expect(error.message).toContain(`not valid JSON at ${column}: `);
  });

  it.each(['{}', 'null', '7', '[]', '{"__proto__": {"cell": "lstm"}}'])('is not %s', (json) => {
    const error = errorOf(() => checkAgainst(json, 'file.json', wasmKernels()));
    expect(error).toBeInstanceOf(DataError);
    expect(error.message).toBe('file.json: not a file of reference values');
  });

  it('has no numbers beyond the range of floats', () => {
    const json = JSON.stringify(referenceContent('optimizers.json')).replace(/"start":\[[^,]+/, '"start":[1e999');
    expect(errorOf(() => checkAgainst(json, 'file.json', wasmKernels()))).toBeInstanceOf(DataError);
  });
});
