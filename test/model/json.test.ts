import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Encoder } from '../../src/encode/encoder.js';
import { ModelError } from '../../src/errors.js';
import { sha256 } from '../../src/hash.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { formatModel, type Model, modelLength, readModel } from '../../src/model/json.js';
import type { TrainingRecord } from '../../src/model/record.js';
import { resolveSettings, type Settings } from '../../src/model/settings.js';
import { Tagger } from '../../src/model/tagger.js';
import { createTagger } from '../../src/train/trainer.js';
import { withFirstWeight, withRightHash } from '../support/model_file.js';

const counts = { sha256: ['0'.repeat(64)], sentences: 2, tokens: 5, entities: 3 };
const record: TrainingRecord = {
  version: '1.2.3',
  kernels: 'reference-float32',
  train: counts,
  heldOut: false,
  dev: counts,
  epochs: 2,
  bestEpoch: 1,
  stopped: 'finished',
  devScores: { precision: 0.5, recall: 1, f1: 2 / 3 },
};

const SENTENCES = [{ tokens: ['Ada', 'left', '__proto__', '"Łódź"\u2028'] }, { tokens: ['\ud800'] }];

function freshModel(given: Partial<Settings> = {}): Model {
  const settings = resolveSettings({ hidden: 5, cell: 'lstm', bidirectional: true }, given);
  const encoder = Encoder.build(SENTENCES, settings);
  return { tagger: createTagger(encoder, ['__proto__', 'PER'], settings, new ReferenceKernels()), record };
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string): Promise<Model> => readModel(bytesOf(text), 'm.json', new ReferenceKernels());

let model: Model;
let text: string;
beforeAll(async () => {
  model = freshModel();
  text = new TextDecoder().decode(await formatModel(model));
});

describe('a model file', () => {
  it('has as its last member the SHA-256 of all bytes before it', () => {
    const end = text.lastIndexOf('"sha256":');
    const hash = createHash('sha256').update(text.slice(0, end)).digest('hex');
    expect(text.slice(end)).toBe(`"sha256":"${hash}"}\n`);
  });

  it('has its members in order, a line each', () => {
    const file = JSON.parse(text);
    expect(Object.keys(file)).toEqual([
      ...['format', 'version', 'settings', 'tags', 'vocabularies', 'training', 'parameters', 'sha256'],
    ]);
    expect(text.split('\n').length).toBe(9 + file.parameters.length + 1);
    expect(file.settings).toEqual(model.tagger.settings);
    expect(file.tags).toEqual(['O', 'B-__proto__', 'I-__proto__', 'B-PER', 'I-PER']);
  });

  it('read again is the same model, byte for byte when written again', async () => {
    const again = await read(text);
    expect(again.record).toEqual(record);
    expect(new TextDecoder().decode(await formatModel(again))).toBe(text);
    expect(again.tagger.predict(SENTENCES)).toEqual(model.tagger.predict(SENTENCES));
  });

  it('of several networks is read again as they are, with the vocabularies that they share kept once', async () => {
    const { tagger } = freshModel();
    const { kernels, tags, encoder } = tagger;
    const other = resolveSettings({ hidden: 3, features: 'word,suffix:1-2' });
    const member = new Tagger({ ...tagger.settings, hidden: 4, seed: 9 }, encoder, tags, kernels);
    tagger.joinedBy([createTagger(Encoder.build(SENTENCES, other), ['__proto__', 'PER'], other, kernels), member]);
    const training = { epochs: 2, bestEpoch: 1, stopped: 'finished', devScores: record.devScores } as const;
    const members = [training, training, training];
    const written = new TextDecoder().decode(await formatModel({ tagger, record: { ...record, members } }));
    const file = JSON.parse(written);
    expect(file.members.map((one: object) => Object.keys(one))).toEqual([['settings', 'vocabularies'], ['settings']]);
    const names = file.parameters.map(({ name }: { name: string }) => name);
    expect(names.filter((name: string) => /(^|\.)[UW]$/.test(name))).toEqual(['U', 'W', '2.U', '2.W', '3.U', '3.W']);
    const again = await read(written);
    expect(again.record.members).toEqual(members);
    expect(again.tagger.encoders.length).toBe(2);
    expect(new TextDecoder().decode(await formatModel(again))).toBe(written);
    expect(again.tagger.predict(SENTENCES)).toEqual(tagger.predict(SENTENCES));

    const reject = (change: (text: string) => string): Promise<void> =>
      expect(read(withRightHash(written, change))).rejects.toThrow(ModelError);
    await reject((changed) => changed.replace('"name":"3.U"', '"name":"2.U"'));
    await reject((changed) => changed.replace('"vocabularies":[{"feature":"word"', '"vocabularie":[{"feature":"word"'));
    await reject((changed) => changed.replace(/("members":\[\n.*"features":)"word,suffix:1-2"/, '$1"word"'));
    await reject((changed) => changed.replace(/("members":\[\n.*"scheme":)"IOB2"/, '$1"IO"'));
    const withoutVocabularies = withRightHash(written, (changed) =>
      changed.replace(/("members":\[\n\{"settings":\{.*?\}),"vocabularies":\[[^\n]*\]\},/, '$1},'),
    );
    await expect(read(withoutVocabularies)).rejects.toThrow('a network has no vocabularies');
  });

  it('keeps the temperature of probabilities, which older files have not: there it is 1', async () => {
    expect((await read(text)).tagger.temperature).toBe(1);
    const warm = freshModel();
    warm.tagger.temperature = 1.25;
    const written = new TextDecoder().decode(await formatModel(warm));
    expect(written).toContain('\n"temperature":1.25,\n');
    const again = await read(written);
    expect(again.tagger.temperature).toBe(1.25);
    expect(again.tagger.predict(SENTENCES)).toEqual(warm.tagger.predict(SENTENCES));
    const wrong = withRightHash(written, (file) => file.replace('"temperature":1.25', '"temperature":0'));
    await expect(read(wrong)).rejects.toThrow('temperature');
  });

  it('keeps the threshold of its entities, which is left out where it was not fitted', async () => {
    expect(text).not.toContain('"threshold"');
    const eager = freshModel({ decision: 'entities' });
    eager.tagger.threshold = 0.25;
    const written = new TextDecoder().decode(await formatModel(eager));
    expect(written).toContain('\n"threshold":0.25,\n');
    const again = await read(written);
    expect(again.tagger.threshold).toBe(0.25);
    expect(again.tagger.predict(SENTENCES)).toEqual(eager.tagger.predict(SENTENCES));
    const byTags = await read(withRightHash(written, (file) => file.replace('"threshold":0.25', '"threshold":0')));
    expect(byTags.tagger.decidesByTags).toBe(true);
    const wrong = withRightHash(written, (file) => file.replace('"threshold":0.25', '"threshold":-0.1'));
    await expect(read(wrong)).rejects.toThrow('threshold');
  });

  it.each(['float16', 'int8'] as const)(
    'with weights as %s is smaller, and as long as is foretold',
    async (weightFormat) => {
      const small = freshModel({ weightFormat });
      const written = new TextDecoder().decode(await formatModel(small));
      const { parameters, settings, encoder } = small.tagger;
      expect(Math.abs(written.length - modelLength(parameters.shapes, settings, encoder.vocabularies))).toBeLessThan(
        3000,
      );
      expect(written.length).toBeLessThan(text.length - 1000);
      const types = JSON.parse(written).parameters.map(({ type }: { type: string }) => type);
      expect(new Set(types)).toEqual(new Set([weightFormat, 'float16']));
      expect(new TextDecoder().decode(await formatModel(await read(written)))).toBe(written);
    },
  );

  it('of before there were formats of weights is float32', async () => {
    const older = withRightHash(text, (file) =>
      file.replace('"weightFormat":"float32",', '').replaceAll('"type":"float32",', ''),
    );
    expect(older.length).toBeLessThan(text.length - 100);
    expect(new TextDecoder().decode(await formatModel(await read(older)))).toBe(text);
  });

  it('is about as long as is foretold', () => {
    const { parameters, settings, encoder } = model.tagger;
    const foretold = modelLength(parameters.shapes, settings, encoder.vocabularies);
    expect(Math.abs(text.length - foretold)).toBeLessThan(3000);
  });
});

describe('damage', () => {
  it('of any one bit is noticed', async () => {
    const bytes = bytesOf(text);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 2), fc.nat(7), async (at, bit) => {
        const damaged = bytes.slice();
        damaged[at] ^= 1 << bit;
        await expect(readModel(damaged, 'm.json', new ReferenceKernels())).rejects.toThrow(ModelError);
      }),
    );
  });

  it('by an early end is noticed wherever it ends', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 2), async (length) => {
        await expect(read(text.slice(0, length))).rejects.toThrow(ModelError);
      }),
    );
  });

  it('by packing or another encoding is told with the way back', async () => {
    const utf16 = Uint8Array.from([...text.slice(0, 400)].flatMap((letter) => [letter.charCodeAt(0), 0]));
    const refused = (bytes: Uint8Array) => expect(readModel(bytes, 'm.json', new ReferenceKernels())).rejects;
    await refused(utf16).toMatchObject({ message: 'm.json: not a model: it is UTF-16, not UTF-8' });
    const hint = expect.stringContaining('gunzip');
    await refused(Uint8Array.of(0x1f, 0x8b, 8, 0)).toMatchObject({
      message: 'm.json: not a model: it is compressed with gzip',
      hint,
    });
  });

  it.each<[string, string, (file: string) => string]>([
    ['not JSON', 'm.json: not a model', () => 'PK\x03\x04'],
    ['null', 'm.json: not a model', () => 'null'],
    ['a list', 'm.json: not a model', () => '[]'],
    ['another format', 'm.json: not a model', (file) => file.replace('"ner-model"', '"other"')],
    [
      'another version',
      'version 2; this program reads version 1',
      (file) => file.replace('"version":1', '"version":2'),
    ],
    ['no version', 'a model of version undefined', (file) => file.replace('"version":1,\n', '')],
    ['no hash', 'its last member is not its SHA-256', (file) => file.replace(/,\n"sha256".*$/s, '}')],
    [
      'another hash',
      'but it was written with 0000',
      (file) => file.replace(/"[0-9a-f]{64}"\}\n$/, `"${'0'.repeat(64)}"}\n`),
    ],
    ['a second hash after it', 'its SHA-256 is', (file) => file.replace(/\}\n$/, `,"sha256":"${'0'.repeat(64)}"}\n`)],
    ['another weight', 'its SHA-256 is', (file) => withFirstWeight(file, 0.25)],
  ])('%s is named', (_name, message, edit) => expect(read(edit(text))).rejects.toThrow(message));

  it.each<[string, string, (file: string) => string]>([
    ['a weight that is NaN', 'weight 0 of parameter U is NaN', (file) => withFirstWeight(file, Number.NaN)],
    ['an infinite weight', 'is Infinity, expected a finite', (file) => withFirstWeight(file, Number.POSITIVE_INFINITY)],
    [
      'weights of another type than the settings say',
      'parameter U is of type float32, its settings call for float16',
      (file) => file.replace('"weightFormat":"float32"', '"weightFormat":"float16"'),
    ],
    ['weights of an unknown type', 'parameters.0.type: ', (file) => file.replace('"type":"float32"', '"type":"int4"')],
    ['data cut short', 'is no 120 float32', (file) => file.replace(/"data":"..../, '"data":"')],
    ['data with a stray letter', 'is no 120 float32', (file) => file.replace(/"data":"./, '"data":"!')],
    [
      'an unknown setting',
      'settings: Unrecognized key: "x"',
      (file) => file.replace('"settings":{', '"settings":{"x":1,'),
    ],
    ['a setting out of range', 'settings.hidden: ', (file) => file.replace('"hidden":5', '"hidden":0')],
    ['another size', ' has shape 6 × 20, expected 6 × 24', (file) => file.replace('"hidden":5', '"hidden":6')],
    ['another cell', 'its parameters are ', (file) => file.replace('"bidirectional":true', '"bidirectional":false')],
    ['an unknown member', 'Unrecognized key: "y"', (file) => file.replace('"version":1', '"y":1,"version":1')],
    ['parameters on one line', 'do not stand on a line each', (file) => file.replaceAll('},\n{"name"', '},{"name"')],
    ['a tag twice', 'its tags are not O and others once', (file) => file.replace('"I-PER"]', '"B-PER"]')],
    ['no O first', 'its tags are not O and others once', (file) => file.replace('"tags":["O",', '"tags":["B-X",')],
    ['what is no tag', 'tags.4: not a tag', (file) => file.replace('"I-PER"]', '"PER"]')],
    ['a word twice', 'word: a word stands twice in the vocabulary', (file) => file.replace('left\\n', 'Ada\\n')],
    ['a count of 0', 'vocabularies.0.counts.', (file) => file.replace('"counts":[[', '"counts":[[0,')],
    [
      'another feature',
      'it has vocabularies of shape',
      (file) => file.replace('"feature":"word"', '"feature":"shape"'),
    ],
    ['a bad record', 'training.devScores.f1: ', (file) => file.replace(/"f1":[\d.]+/, '"f1":2')],
  ])('%s is named though the hash is right', (_name, message, edit) =>
    expect(read(withRightHash(text, edit))).rejects.toThrow(message),
  );

  it('is an error with the file and a way out', async () => {
    await expect(read('x')).rejects.toMatchObject({
      at: { source: 'm.json' },
      hint: '`ner train CORPUS -o FILE` writes one',
    });
    await expect(read(text.slice(0, 100))).rejects.toMatchObject({ hint: 'restore it from a copy, or train it again' });
  });

  it('that asks for a kind of feature this program does not know is a damaged model, not a wrong call', async () => {
    const other = withRightHash(text, (before) => before.replaceAll('"word"', '"aura"'));
    await expect(read(other)).rejects.toThrow(ModelError);
    await expect(read(other)).rejects.toThrow('unknown feature "aura"');
  });
});

it('the SHA-256 of "abc" is that of FIPS 180-4', async () => {
  expect(await sha256(bytesOf('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
