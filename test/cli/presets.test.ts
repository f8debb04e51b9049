import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { resolveSettings, type Settings } from '../../src/model/settings.js';
import { memberSettings } from '../../src/model/variants.js';
import { Workspace } from '../support/small_model.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
});
afterAll(() => workspace.remove());

/** The settings of all networks that flags ask for, a newspaper with marked documents taken for granted. */
async function networksOf(...flags: readonly string[]): Promise<Settings[]> {
  const { code, stdout, stderr } = await workspace.run(['train', '--print-config', ...flags]);
  if (code !== 0) throw new Error(stderr);
  return memberSettings(resolveSettings(JSON.parse(stdout)));
}

const several = (...flags: readonly string[]): Promise<Settings[]> => networksOf('--preset', 'accurate', ...flags);

describe('a preset of several networks', () => {
  it('is in all of them what the flags say', async () => {
    const networks = await several('--cell', 'elman', '--learning-rate', '0.001', '--features', 'word,lower');
    expect(networks.map(({ cell, learningRate, features }) => [cell, learningRate, features])).toEqual(
      new Array(6).fill(['elman', 0.001, 'word,lower']),
    );
  });

  it('is in all of them what a configuration file says', async () => {
    await workspace.write('config.json', JSON.stringify({ features: 'word,shape' }));
    const networks = await several('--config', 'config.json');
    expect(new Set(networks.map(({ features }) => features))).toEqual(new Set(['word,shape']));
    expect(new Set(networks.map(({ cell }) => cell)).size).toBe(3);
  });

  it('has the rate of the cell that a flag names, not those of its own cells', async () => {
    const networks = await several('--cell', 'lstm');
    expect(new Set(networks.map(({ learningRate }) => learningRate)).size).toBe(1);
  });

  it('has as many networks as the flags say', async () => {
    const all = await several();
    for (const members of [1, 3, 8]) {
      const networks = await several('--members', `${members}`);
      expect(networks.length).toBe(members);
      const shared = Math.min(members, all.length);
      expect(networks.slice(1, shared)).toEqual(all.slice(1, shared));
    }
  });

  it('has the variants of the flags in place of its own', async () => {
    const networks = await several('--members', '2', '--variant', 'cell=elman');
    expect(networks.map(({ cell }) => cell)).toEqual(['gru', 'elman']);
  });

  it('has no variants where the flags leave nothing of them', async () => {
    const flags = ['--preset', 'accurate', '--features', 'word', '--cell', 'gru', '--adversarial', '0'];
    const { stdout } = await workspace.run(['train', '--print-config', ...flags]);
    expect(JSON.parse(stdout)).toMatchObject({ members: 6, variant: [] });
  });

  it('looks lists of names up in all networks', async () => {
    await workspace.write('names.txt', 'Oslo\n');
    for (const { features } of await several('--gazetteer', 'LOC=names.txt')) {
      expect(features.split(',').filter((kind) => kind === 'gazetteer')).toEqual(['gazetteer']);
    }
  });
});
