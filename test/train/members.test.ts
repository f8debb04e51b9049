import { describe, expect, it } from '@jest/globals';
import type { Kernels } from '../../src/kernels/kernels.js';
import { ReferenceKernels } from '../../src/kernels/reference.js';
import { scoresOf } from '../../src/model/scores.js';
import { resolveSettings, type Settings } from '../../src/model/settings.js';
import type { Tagger } from '../../src/model/tagger.js';
import { memberSettings } from '../../src/model/variants.js';
import { fitTemperature } from '../../src/train/calibrate.js';
import {
  createMembers,
  type MemberNeeds,
  type Members,
  type MembersHooks,
  trainMembers,
} from '../../src/train/members.js';
import { type Example, train } from '../../src/train/trainer.js';
import { wasmKernels } from '../support/wasm.js';

const example = (text: string, ...entities: [number, number, string][]): Example => ({
  tokens: text.split(' '),
  entities: entities.map(([start, end, type]) => ({ start, end, type })),
});

const EXAMPLES = [
  example('Ada Byron left Oslo', [0, 2, 'PER'], [3, 4, 'LOC']),
  example('Acme hired Ada', [0, 1, 'ORG'], [2, 3, 'PER']),
  example('it rained'),
  example('Oslo', [0, 1, 'LOC']),
];

const SETTINGS = {
  ...{ hidden: 6, epochs: 14, batchSize: 2, learningRate: 0.1, outputLayer: 'crf', averageEpochs: 2, members: 3 },
  variant: ['cell=gru features=word,suffix:1-2 epochs=9'],
} as const satisfies Partial<Settings>;

const membersIn = (kernels: Kernels, settings = resolveSettings(SETTINGS)): Members =>
  createMembers(EXAMPLES, settings, kernels);

/** Copies of all weights of each network. */
const weightsOf = (tagger: Tagger): number[][][] =>
  tagger.members.map(({ parameters, kernels }) =>
    parameters.all.map(({ name }) => Array.from(kernels.view(parameters.get(name)))),
  );

describe.each([
  ['plain loops', () => new ReferenceKernels()],
  ['WebAssembly', wasmKernels],
] as const)('training several networks on %s', (_, create) => {
  it('gives each the weights that it gets alone, and keeps the memory of their weights only', async () => {
    const kernels = create();
    const { tagger, results } = await trainMembers(membersIn(kernels), EXAMPLES, EXAMPLES);
    expect(results.map(({ epochs }) => epochs.length)).toEqual([14, 9, 14]);
    tagger.release();
    const used = kernels.mark().floats;
    const all = weightsOf(tagger);
    expect(all.length).toBe(3);
    let floats = 0;
    for (const [m, settings] of memberSettings(resolveSettings(SETTINGS)).entries()) {
      const single = membersIn(create(), { ...settings, members: 1, variant: [] });
      const alone = await train(single.first, EXAMPLES, EXAMPLES);
      expect(all[m]).toEqual(weightsOf(alone.tagger)[0]);
      expect(results[m].best.dev).toEqual(alone.best.dev);
      floats += all[m].flat().length;
    }
    // what else stays is small: places between buffers, and the scores of the chain that they decide by
    expect(used).toBeLessThan((kernels instanceof ReferenceKernels ? 1 : kernels.floatBytes) * (floats + 3000));
  });

  it('tells the scores of those together that are there, and fits the temperature to all of them', async () => {
    const told: { networks: number; f1: number; found: unknown }[] = [];
    const members = membersIn(create());
    const onNetwork: MembersHooks['onNetwork'] = ({ length }, { micro }) => {
      told.push({ networks: length, f1: micro.f1, found: members.first.tag(EXAMPLES) });
    };
    const { tagger, dev, stopped } = await trainMembers(members, EXAMPLES, EXAMPLES, { onNetwork });
    expect(told.map(({ networks }) => networks)).toEqual([1, 2, 3]);
    expect(told[2]).toEqual({ networks: 3, f1: dev.micro.f1, found: tagger.tag(EXAMPLES) });
    const scores = scoresOf(tagger.ensemble, tagger.kernels, tagger.tags.length, tagger.encode(EXAMPLES));
    expect(tagger.temperature).toBe(fitTemperature(tagger.decider, scores, tagger.decide(scores), EXAMPLES));
    expect(tagger.temperature).not.toBe(1);
    expect(stopped).toBe('finished');
  });
});

describe('several networks that share the same one-hots', () => {
  it('share one encoder; others have theirs', async () => {
    const { tagger } = await trainMembers(membersIn(new ReferenceKernels()), EXAMPLES, EXAMPLES);
    const [first, second, third] = tagger.members.map(({ encoder }) => encoder);
    expect(third).toBe(first);
    expect(second.kindNames).toEqual(['word', 'suffix:1-2']);
    expect(tagger.encoders).toEqual([first, second]);
  });
});

describe('interrupted', () => {
  const interruptedAt = async (member: number, epoch: number) => {
    const controller = new AbortController();
    const onEpoch: MembersHooks['onEpoch'] = (report, m) => {
      if (m === member && report.epoch === epoch) controller.abort();
    };
    const kernels = new ReferenceKernels();
    const hooks = { signal: controller.signal, onEpoch };
    const result = await trainMembers(membersIn(kernels), EXAMPLES, EXAMPLES, hooks);
    return { ...result, weights: weightsOf(result.tagger) };
  };

  it('in its first network it is that one alone, unfinished', async () => {
    const { results, stopped, tagger } = await interruptedAt(1, 2);
    expect(results.map(({ epochs }) => epochs.length)).toEqual([2]);
    expect(stopped).toBe('interrupted');
    expect(tagger.members.length).toBe(1);
  });

  it('in a further network it is those before', async () => {
    const { results, stopped, weights, tagger } = await interruptedAt(3, 2);
    const whole = await trainMembers(membersIn(new ReferenceKernels()), EXAMPLES, EXAMPLES);
    expect(results.length).toBe(2);
    expect(stopped).toBe('interrupted');
    expect(weights).toEqual(weightsOf(whole.tagger).slice(0, 2));
    expect(tagger.tag(EXAMPLES).length).toBe(4);
  });
});

describe('the networks of a model before they are trained', () => {
  it('are refused one by one where they would not fit beside those whose vocabularies are known', () => {
    const asked: [cell: string, besides: string[]][] = [];
    const fits: MemberNeeds['fits'] = ({ settings: { cell } }, besides, tags) => {
      asked.push([cell, besides.map(({ settings }) => settings.cell)]);
      expect(tags).toBe(7);
      if (cell === 'gru') throw new RangeError('too large');
    };
    const members = createMembers(EXAMPLES, resolveSettings(SETTINGS), new ReferenceKernels(), { fits });
    expect(members.further[0].create).toThrow('too large');
    expect(members.further[1].create().settings.cell).toBe('elman');
    expect(asked).toEqual([
      ['elman', ['elman']],
      ['gru', ['elman', 'elman']],
      ['elman', ['elman', 'gru']],
    ]);
  });

  it('are refused all together where one has a feature that is none', () => {
    const settings = resolveSettings({ members: 2, variant: ['features=wrod'] });
    expect(() => createMembers(EXAMPLES, settings, new ReferenceKernels())).toThrow('unknown feature "wrod"');
  });

  it('are not one network', async () => {
    const { first } = membersIn(new ReferenceKernels());
    await expect(train(first, EXAMPLES, EXAMPLES)).rejects.toThrow('the settings are of 3 networks, and this is one');
  });
});
