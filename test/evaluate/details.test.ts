import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { detailsOf } from '../../src/evaluate/details.js';
import { score } from '../../src/evaluate/score.js';
import { knownEntities } from '../../src/evaluate/seen.js';
import { parseColumns } from '../support/conlleval.js';
import { sentencesOfAnyTags } from '../support/tag_pairs.js';

const TEXT = `Ana B-PER B-PER
Paz I-PER I-PER
left O O
Oslo B-LOC B-ORG

Oslo B-LOC B-ORG
and O B-PER
Rio B-LOC B-LOC
Bay I-LOC O

Rio B-LOC O
`;
const sentences = parseColumns(TEXT, 'trip.txt');

describe('detailsOf', () => {
  it('counts what each gold type came out as', () => {
    expect(detailsOf(sentences).confusion).toEqual([
      { kind: 'boundary', gold: 'LOC', predicted: 'LOC', count: 1 },
      { kind: 'type', gold: 'LOC', predicted: 'ORG', count: 2 },
      { kind: 'missed', gold: 'LOC', predicted: null, count: 1 },
      { kind: 'correct', gold: 'PER', predicted: 'PER', count: 1 },
      { kind: 'spurious', gold: null, predicted: 'PER', count: 1 },
    ]);
  });

  it('lists errors by frequency, then by first occurrence, with their lines', () => {
    expect(detailsOf(sentences).errors).toEqual([
      {
        kind: 'type',
        gold: { text: 'Oslo', type: 'LOC' },
        predicted: { text: 'Oslo', type: 'ORG' },
        count: 2,
        places: [
          { source: 'trip.txt', line: 4 },
          { source: 'trip.txt', line: 6 },
        ],
      },
      {
        kind: 'boundary',
        gold: { text: 'Rio Bay', type: 'LOC' },
        predicted: { text: 'Rio', type: 'LOC' },
        count: 1,
        places: [{ source: 'trip.txt', line: 8 }],
      },
      {
        kind: 'spurious',
        gold: null,
        predicted: { text: 'and', type: 'PER' },
        count: 1,
        places: [{ source: 'trip.txt', line: 7 }],
      },
      {
        kind: 'missed',
        gold: { text: 'Rio', type: 'LOC' },
        predicted: null,
        count: 1,
        places: [{ source: 'trip.txt', line: 11 }],
      },
    ]);
  });

  it('keeps the first five places of an error and counts the others', () => {
    const [error] = detailsOf(parseColumns('Rio B-LOC O\n\n'.repeat(7))).errors;
    expect(error.count).toBe(7);
    expect(error.places.map(({ line }) => line)).toEqual([1, 3, 5, 7, 9]);
  });

  it('keeps the 100 most frequent errors', () => {
    const rare = Array.from({ length: 120 }, (_, i) => `w${i} B-LOC O\n`).join('\n');
    const { errors } = detailsOf(parseColumns(`${rare}\nw119 B-LOC O\n`));
    expect(errors).toHaveLength(100);
    expect(errors[0]).toMatchObject({ gold: { text: 'w119' }, count: 2 });
    expect(errors[1]).toMatchObject({ gold: { text: 'w0' }, count: 1 });
  });

  it('has no scores by seen and unseen without a training part', () => {
    expect(detailsOf(sentences).bySeen).toBeNull();
  });

  it('splits gold entities and predicted ones by what training has seen with that surface and type', () => {
    const training = knownEntities([
      { tokens: ['Ana', 'Paz', 'Oslo', 'rio'], tags: ['B-PER', 'I-PER', 'B-LOC', 'B-LOC'] },
    ]);
    expect(detailsOf(sentences, training).bySeen).toEqual({
      // Gold: Ana Paz, Oslo twice. Predicted: Ana Paz.
      seen: { tp: 1, fp: 0, fn: 2, precision: 1, recall: 1 / 3, f1: 1 / 2 },
      // Gold: Rio Bay, Rio. Predicted: Oslo as ORG twice, and, Rio.
      unseen: { tp: 0, fp: 4, fn: 2, precision: 0, recall: 0, f1: 0 },
    });
  });

  it('adds up to the score', () => {
    fc.assert(
      fc.property(sentencesOfAnyTags, sentencesOfAnyTags, (tested, trained) => {
        const training = knownEntities(trained.map(({ tokens, gold }) => ({ tokens, tags: gold })));
        const { bySeen, confusion, errors } = detailsOf(tested, training);
        const { micro, perType } = score(tested);
        for (const count of ['tp', 'fp', 'fn'] as const) {
          expect((bySeen?.seen[count] ?? 0) + (bySeen?.unseen[count] ?? 0)).toBe(micro[count]);
        }
        for (const [type, { tp, fn }] of perType) {
          const row = confusion.filter(({ gold }) => gold === type);
          expect(row.reduce((sum, { count }) => sum + count, 0)).toBe(tp + fn);
        }
        const wrong = confusion.filter(({ kind }) => kind !== 'correct');
        expect(errors.reduce((sum, { count }) => sum + count, 0)).toBe(
          wrong.reduce((sum, { count }) => sum + count, 0),
        );
      }),
    );
  });

  it('has nothing unseen where the test part is the training part and everything is found', () => {
    const perfect = sentences.map((sentence) => ({ ...sentence, predicted: sentence.gold }));
    const training = knownEntities(sentences.map(({ tokens, gold }) => ({ tokens, tags: gold })));
    expect(detailsOf(perfect, training)).toMatchObject({
      errors: [],
      bySeen: { seen: { tp: 5, fp: 0, fn: 0 }, unseen: { tp: 0, fp: 0, fn: 0 } },
    });
  });
});
