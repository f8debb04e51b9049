import { describe, expect, it } from '@jest/globals';
import { Encoder } from '../../src/encode/encoder.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { resolveSettings, type Settings } from '../../src/model/settings.js';
import { tagSet } from '../../src/text/tags.js';
import { footprint, footprintBeside, type Load, largestBatch, loadOf } from '../../src/train/footprint.js';
import { createTagger } from '../../src/train/trainer.js';

const SENTENCES = [{ tokens: ['a', 'b', 'c', 'd'] }];
const TYPES = ['PER', 'ORG'];

const NONE: Load = { tags: 5, tokens: 0, shards: 1, shardRows: 0, scoredRows: 0, threads: 1 };
const COPYING = { floatBytes: 4, growsInPlace: false };

const measure = (given: Partial<Settings>, load: Partial<Load> = {}, kernels = COPYING) => {
  const settings = resolveSettings(given);
  const tags = tagSet(TYPES, settings.scheme).length;
  return footprint(settings, Encoder.build(SENTENCES, settings), { ...NONE, tags, ...load }, kernels);
};

describe('a footprint', () => {
  it.each<Partial<Settings>>([
    { hidden: 3 },
    { hidden: 3, cell: 'lstm', bidirectional: true },
    { hidden: 3, cell: 'gru', layers: 2, bidirectional: true, scheme: 'BIOES' },
  ])('counts the weights that a tagger has: %j', (given) => {
    const settings = resolveSettings(given);
    const tagger = createTagger(Encoder.build(SENTENCES, settings), TYPES, settings, new ReferenceKernels());
    const weights = tagger.parameters.all.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
    expect(measure(given).weights).toBe(weights);
  });

  it('holds weights, gradients and optimiser state, twice and a half while they grow, a copy, and the file', () => {
    // U 5 × 10; W 10 × 10, b 10, V 10 × 5, c 5
    const table = 50;
    const dense = 100 + 10 + 50 + 5;
    const sgd = measure({ hidden: 10 });
    // a kind, a count and a slot for each of 5 words
    const lists = 3 * 5;
    expect(sgd.bytes).toBe(4 * (2.5 * (table + 3 * dense + lists) + table + dense) + sgd.fileLength);
    const adam = measure({ hidden: 10, optimizer: 'adam' });
    expect(adam.bytes - sgd.bytes).toBe(4 * 2.5 * (2 * (table + dense) - dense));
  });

  it('counts column tables, one number a weight of Adagrad, and the average of the weights', () => {
    // E 5 × 3; U 3 × 10; W 10 × 10, b 10, V 10 × 5, c 5
    const table = 15;
    const dense = 30 + 100 + 10 + 50 + 5;
    const plain = measure({ hidden: 10, columnWidth: 3 });
    expect(plain.weights).toBe(table + dense);
    const given = { hidden: 10, columnWidth: 3, tableOptimizer: 'adagrad', averageEpochs: 1 } as const;
    expect(measure(given).kernelBytes - plain.kernelBytes).toBe(4 * (table + table + dense));
    const aRow = (settings: Partial<Settings>) =>
      measure(settings, { scoredRows: 1 }).kernelBytes - measure(settings).kernelBytes;
    const dropped = aRow({ ...given, dropoutStates: 0.5 }) - aRow(given);
    expect(dropped).toBe(4 * 10);
  });

  it('holds the corpus in the kernels: a one-hot of every kind, a start and a tag for each token', () => {
    const bytes = (given: Partial<Settings>, tokens: number) => measure(given, { tokens }).kernelBytes;
    expect(bytes({}, 1000) - bytes({}, 0)).toBe(4 * 3 * 1000);
    const several: Partial<Settings> = { features: 'word,lower,shape' };
    expect(bytes(several, 1000) - bytes(several, 0)).toBe(4 * 5 * 1000);
  });

  it('holds everything once where memory grows in place', () => {
    const copied = measure({ hidden: 10 });
    const inPlace = measure({ hidden: 10 }, {}, { ...COPYING, growsInPlace: true });
    expect(copied.bytes - inPlace.bytes).toBe(1.5 * inPlace.kernelBytes);
  });

  it('holds gradients for each shard, and working memory for each thread', () => {
    const bytes = (load: Partial<Load>) => measure({ hidden: 10 }, { shardRows: 3, ...load }).kernelBytes;
    const one = bytes({});
    // the dense weights, and the rows of three different words
    expect(bytes({ shards: 4 }) - one).toBe(4 * 3 * (165 + 3 * 10));
    // and a slot for each of 5 words
    expect(bytes({ threads: 4 }) - one).toBe(3 * (bytes({ scoredRows: 6 }) - one + 4 * 5));
  });

  it('grows with the rows of the largest batch, by more for a cell with gates', () => {
    const perRow = (given: Partial<Settings>) =>
      measure(given, { scoredRows: 1001 }).bytes - measure(given, { scoredRows: 1000 }).bytes;
    const elman = perRow({ hidden: 10 });
    expect(elman).toBeGreaterThanOrEqual(4 * (2 * 10 + 5));
    expect(perRow({ hidden: 10, cell: 'lstm' })).toBeGreaterThan(2 * elman);
    expect(perRow({ hidden: 10, bidirectional: true })).toBeGreaterThan(1.4 * elman);
    expect(perRow({ hidden: 10, outputLayer: 'crf' })).toBeGreaterThan(elman + 4 * 4 * 5);
  });

  it('foretells a file of four thirds of the bytes of its weights, and the words', () => {
    const { weights, fileLength } = measure({ hidden: 100 });
    expect(fileLength).toBeGreaterThanOrEqual((weights * 16) / 3 + 4);
    expect(fileLength).toBeLessThan((weights * 16) / 3 + 100);
  });
});

describe('the largest batch', () => {
  it('is the longest sentences together', () => {
    expect(largestBatch([3, 10, 1, 7], 2)).toBe(17);
    expect(largestBatch([3, 10], 32)).toBe(13);
    expect(largestBatch([], 32)).toBe(0);
  });
});

it('the load of a run is that of its largest shards and of what is scored at once', () => {
  const lengths = Array.from({ length: 40 }, (_, i) => i + 1);
  const load = loadOf(resolveSettings({ batchSize: 32 }), lengths, [5, 7], 9, 2);
  expect(load).toEqual({ tags: 9, threads: 2, tokens: 820, shards: 2, shardRows: 16 * 40 - 120, scoredRows: 12 });
  expect(loadOf(resolveSettings({ batchSize: 3 }), lengths, [], 9, 1)).toMatchObject({ shards: 1, shardRows: 117 });
});

describe('the footprint of a network beside others', () => {
  it('has their weights and their part of the file, a vocabulary that is shared once', () => {
    const settings = resolveSettings({ hidden: 10 });
    const [encoder, equal] = [1, 2].map(() => Encoder.build(SENTENCES, settings));
    const own = measure({ hidden: 10 });
    const shared = footprintBeside(own, { settings, encoder }, [{ settings, encoder }], NONE, COPYING);
    expect(shared.weights).toBe(2 * own.weights);
    expect(shared.kernelBytes - own.kernelBytes).toBe(4 * own.weights);
    expect(shared.fileLength).toBeLessThan(2 * own.fileLength);
    expect(shared.bytes - own.bytes).toBe(4 * own.weights + shared.fileLength - own.fileLength);
    const apart = footprintBeside(own, { settings, encoder }, [{ settings, encoder: equal }], NONE, COPYING);
    expect(apart).toMatchObject({ weights: 2 * own.weights, fileLength: 2 * own.fileLength });
    expect(footprintBeside(own, { settings, encoder }, [], NONE, COPYING)).toEqual(own);
  });

  it('counts what all networks need together to decide, where that is more than training', () => {
    const settings = resolveSettings({ hidden: 40, outputLayer: 'crf', bidirectional: true });
    const encoder = Encoder.build(SENTENCES, settings);
    const kernels = new ReferenceKernels();
    const [first, ...others] = [1, 2, 3].map(() => createTagger(encoder, TYPES, settings, kernels));
    first.joinedBy(others);
    const dev = Array.from({ length: 32 }, () => ({ tokens: new Array(20).fill('a') }));
    first.tag(dev);
    const measured = kernels.mark().floats;
    const scoredRows = 32 * 20;
    const network = { settings, encoder };
    const load = { ...NONE, tags: first.tags.length, scoredRows };
    const own = footprint(settings, encoder, load, kernels);
    const { kernelBytes } = footprintBeside(own, network, [network, network], load, kernels);
    expect(measured * kernels.floatBytes).toBeGreaterThan(2 * own.kernelBytes);
    expect(kernelBytes / (measured * kernels.floatBytes)).toBeGreaterThan(0.9);
    expect(kernelBytes / (measured * kernels.floatBytes)).toBeLessThan(1.5);
  });
});
