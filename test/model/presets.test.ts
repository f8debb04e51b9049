import { describe, expect, it } from '@jest/globals';
import { featureKinds } from '../../src/encode/features.js';
import type { CorpusTraits } from '../../src/encode/traits.js';
import { DEFAULT_PRESET, PRESETS, TYPICAL } from '../../src/model/presets.js';
import { resolveSettings, type Settings } from '../../src/model/settings.js';
import { memberSettings } from '../../src/model/variants.js';

function settingsOf(name: string, traits: Partial<CorpusTraits> = {}): Settings {
  const preset = PRESETS.get(name);
  if (preset === undefined) throw new Error(name);
  return resolveSettings(preset.settingsFor({ ...TYPICAL, ...traits }));
}

describe('the preset', () => {
  it('textbook is the defaults of all settings, whatever the corpus', () => {
    expect(settingsOf('textbook')).toEqual(resolveSettings());
    expect(settingsOf('textbook', { sentences: 10, documents: 'none', capitals: false })).toEqual(resolveSettings());
  });

  it('default is the one where none is named', () => expect(DEFAULT_PRESET).toBe('default'));

  it('default makes documents only of running text that marks none, longer ones where there is more of it', () => {
    expect(settingsOf('default').documentSentences).toBe(0);
    expect(settingsOf('default', { documents: 'none' }).documentSentences).toBe(0);
    const size = (sentences: number) => settingsOf('default', { documents: 'running', sentences }).documentSentences;
    expect([1, 1000, 4000, 7000, 100_000].map(size)).toEqual([15, 15, 40, 70, 80]);
  });

  it('default has no kinds that tell by capitals where there are none', () => {
    expect(settingsOf('default').features).toContain('document-case');
    expect(settingsOf('default', { capitals: false }).features).not.toContain('case');
  });

  it('default trains small corpora for more epochs', () => {
    const epochs = (preset: string) => (sentences: number) => settingsOf(preset, { sentences }).epochs;
    expect([100_000, 10_000, 6_000, 3_000, 1].map(epochs('default'))).toEqual([4, 6, 10, 18, 18]);
    expect([100_000, 10_000, 1].map(epochs('accurate'))).toEqual([5, 6, 18]);
  });

  it.each([...PRESETS.keys()])('%s names kinds that there are, in each of its networks, for every corpus', (name) => {
    for (const documents of ['marked', 'running', 'none'] as const) {
      for (const capitals of [true, false]) {
        for (const settings of memberSettings(settingsOf(name, { documents, capitals }))) {
          expect(featureKinds(settings).length).toBeGreaterThan(0);
        }
      }
    }
  });

  it('accurate has networks that differ in what they see where there are documents, else in their seeds alone', () => {
    const several = (documents: CorpusTraits['documents']) => memberSettings(settingsOf('accurate', { documents }));
    expect(new Set(several('marked').map(({ cell, features }) => `${cell} ${features}`)).size).toBe(6);
    expect(new Set(several('none').map(({ cell, features }) => `${cell} ${features}`)).size).toBe(1);
    expect(several('running').filter(({ adversarial }) => adversarial === 0).length).toBe(3);
    for (const documents of ['marked', 'none'] as const) {
      const few = { ...TYPICAL, documents, sentences: 10_000 };
      const [first] = memberSettings(settingsOf('accurate', few));
      expect(first).toMatchObject(PRESETS.get('default')?.settingsFor(few) ?? {});
    }
  });
});
