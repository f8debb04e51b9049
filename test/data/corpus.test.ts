import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { toColumns } from '../../data/generate/columns.js';
import { generateCorpora } from '../../data/generate/corpus.js';
import { expand } from '../../data/generate/pattern.js';
import { Draw } from '../../data/generate/random.js';
import { illegalTags } from '../../src/text/illegal_tags.js';
import { entitiesOf } from '../../src/text/tags.js';

interface Row {
  readonly token: string;
  readonly tag: string;
}

function committed(name: string): string {
  return readFileSync(new URL(`../../data/${name}`, import.meta.url), 'utf8');
}

/** Read by hand, so that the files are judged by what stands in them and not by the generator. */
function read(name: string): Row[][] {
  return committed(name)
    .replace(/\n$/u, '')
    .split('\n\n')
    .map((block) =>
      block.split('\n').map((line) => {
        const [token, tag, ...rest] = line.split('\t');
        if (rest.length > 0 || tag === undefined || token === '' || /\s/u.test(token))
          throw new Error(`bad row ${line}`);
        return { token, tag };
      }),
    );
}

function counted(words: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** The entity types (and `O`) each word is seen with. */
function typesOf(sentences: readonly Row[][]): Map<string, Set<string>> {
  const types = new Map<string, Set<string>>();
  for (const { token, tag } of sentences.flat()) {
    types.set(token, (types.get(token) ?? new Set()).add(tag.replace(/^[BI]-/u, '')));
  }
  return types;
}

const training = read('corpus.tsv');
const dev = read('dev.tsv');
const parts = [
  ['corpus.tsv', training],
  ['dev.tsv', dev],
] as const;

describe('the generator', () => {
  it('writes the committed files again, byte for byte', () => {
    const corpora = generateCorpora();
    expect(toColumns(corpora.training)).toBe(committed('corpus.tsv'));
    expect(toColumns(corpora.dev)).toBe(committed('dev.tsv'));
  });

  it('takes the article that the next token asks for', () => {
    const names = { draw: new Draw(1), heldOut: 0 };
    const articles = ['engineer', 'university', 'uncle', 'European', '11', '12'].map(
      (next) => expand(`a(n) ${next}`, names).tokens[0],
    );
    expect(articles).toEqual(['an', 'a', 'an', 'a', 'an', 'a']);
  });

  it('tags an entity written out with B and I, and joins no two', () => {
    const names = { draw: new Draw(1), heldOut: 0 };
    expect(expand('[PER Ada B. Ray] saw [ORG Ray] [ORG Kay]', names)).toEqual({
      tokens: ['Ada', 'B.', 'Ray', 'saw', 'Ray', 'Kay'],
      tags: ['B-PER', 'I-PER', 'I-PER', 'O', 'B-ORG', 'B-ORG'],
    });
  });
});

describe.each(parts)('%s', (_, sentences) => {
  it('has only the tags of persons, organisations and places', () => {
    const tags = new Set(sentences.flat().map(({ tag }) => tag));
    expect([...tags].sort()).toEqual(['B-LOC', 'B-ORG', 'B-PER', 'I-LOC', 'I-ORG', 'I-PER', 'O']);
  });

  it('is legal IOB2', () => {
    for (const rows of sentences) {
      const tags = rows.map(({ tag }) => tag);
      expect(illegalTags(tags, [...tags.keys()], 'IOB2')).toEqual([]);
    }
  });

  it('has between 25% and 30% of sentences without an entity', () => {
    const empty = sentences.filter((rows) => rows.every(({ tag }) => tag === 'O')).length;
    expect(empty / sentences.length).toBeGreaterThan(0.25);
    expect(empty / sentences.length).toBeLessThan(0.3);
  });

  it('has no pattern notation left', () => {
    const left = sentences.flat().filter(({ token }) => /[{}<>|[\]]|a\(n\)/u.test(token));
    expect(left).toEqual([]);
  });

  it('never puts two persons next to each other', () => {
    const touching = sentences.filter((rows) => {
      const people = entitiesOf(rows.map(({ tag }) => tag)).filter(({ type }) => type === 'PER');
      return people.some(({ end }) => people.some(({ start }) => start === end));
    });
    expect(touching).toEqual([]);
  });

  it('has sentences in lower case, in capitals, short and long', () => {
    const texts = sentences.map((rows) => rows.map(({ token }) => token).join(' '));
    expect(texts.filter((text) => text === text.toLowerCase()).length).toBeGreaterThan(sentences.length * 0.05);
    expect(texts.filter((text) => text === text.toUpperCase() && /\p{Lu}{3}/u.test(text)).length).toBeGreaterThan(
      sentences.length * 0.03,
    );
    const lengths = sentences.map((rows) => rows.length);
    expect(Math.min(...lengths)).toBeLessThanOrEqual(3);
    expect(Math.max(...lengths)).toBeGreaterThanOrEqual(25);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(40);
  });
});

describe('the bundled corpus', () => {
  it.each(parts)('has the counts that the README gives for %s', (name, sentences) => {
    const row = committed('README.md')
      .split('\n')
      .find((line) => line.startsWith(`| \`${name}\``));
    const types = counted(sentences.flatMap((rows) => entitiesOf(rows.map(({ tag }) => tag)).map(({ type }) => type)));
    const empty = sentences.filter((rows) => rows.every(({ tag }) => tag === 'O')).length;
    const counts = [
      sentences.length,
      empty,
      sentences.flat().length,
      types.get('PER'),
      types.get('ORG'),
      types.get('LOC'),
    ];
    expect(row?.replaceAll(',', '').match(/\d+/gu)?.map(Number)).toEqual(counts);
  });

  it('has 1,500 sentences to train on, 300 to measure on, and at most 18,000 tokens to train on', () => {
    expect(training).toHaveLength(1500);
    expect(dev).toHaveLength(300);
    expect(training.flat().length).toBeGreaterThan(14_000);
    expect(training.flat().length).toBeLessThan(18_000);
  });

  it('repeats no sentence, within a part or across', () => {
    const texts = [...training, ...dev].map((rows) => rows.map(({ token }) => token.toLowerCase()).join(' '));
    expect(new Set(texts).size).toBe(texts.length);
  });

  it('leaves Sumesh unknown', () => {
    const words = [...training, ...dev].flat().map(({ token }) => token.toLowerCase());
    expect(words).not.toContain('sumesh');
  });

  it('shows Cisco as an organisation and Bengaluru as a place, often', () => {
    const tagsOf = (word: string) =>
      counted(training.flatMap((rows) => rows.filter((r) => r.token === word)).map((r) => r.tag));
    expect(tagsOf('Cisco').get('B-ORG')).toBeGreaterThanOrEqual(8);
    expect(tagsOf('Bengaluru').get('B-LOC')).toBeGreaterThanOrEqual(8);
  });

  it('shows the same words as two types', () => {
    const types = typesOf(training);
    const has = (word: string, ...wanted: string[]) =>
      expect([word, [...(types.get(word) ?? [])]]).toEqual([word, expect.arrayContaining(wanted)]);
    for (const word of ['Ford', 'Honda', 'Tata', 'Dell']) has(word, 'PER', 'ORG');
    for (const word of ['Paris', 'Florence', 'Sydney', 'Victoria']) has(word, 'PER', 'LOC');
    for (const word of ['Barcelona', 'Nairobi', 'Manchester', 'Amazon']) has(word, 'LOC', 'ORG');
    for (const word of ['May', 'Will', 'April']) has(word, 'PER', 'O');
    expect([...types.values()].filter((seen) => seen.size > 1).length).toBeGreaterThan(100);
  });

  it('makes a person the likeliest meaning of a rare word that begins a sentence', () => {
    const counts = counted(training.flat().map(({ token }) => token));
    const first = training.map((rows) => rows[0]).filter(({ token }) => (counts.get(token) ?? 0) <= 5);
    const persons = first.filter(({ tag }) => tag === 'B-PER').length;
    expect(persons / first.length).toBeGreaterThan(0.5);
  });

  it('measures on names that are not to be learnt by heart: about a third of the tokens of entities', () => {
    const known = new Set(training.flat().map(({ token }) => token));
    const entityTokens = dev.flat().filter(({ tag }) => tag !== 'O');
    const unseen = entityTokens.filter(({ token }) => !known.has(token)).length / entityTokens.length;
    expect(unseen).toBeGreaterThan(0.3);
    expect(unseen).toBeLessThan(0.45);
  });
});
