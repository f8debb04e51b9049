import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Outcome, outcomesOf, surfaceOf } from '../../src/evaluate/outcome.js';
import { score } from '../../src/evaluate/score.js';
import { entitiesOf } from '../../src/text/tags.js';
import { sentencesOfAnyTags } from '../support/tag_pairs.js';

/** `kind gold>predicted` with spans as `start-end`. */
function compare(gold: string, predicted: string): string[] {
  const span = (entity: Outcome['gold']) => (entity === undefined ? '' : `${entity.start}-${entity.end}`);
  return outcomesOf({ gold: gold.split(' '), predicted: predicted.split(' ') }).map(
    (outcome) => `${outcome.kind} ${span(outcome.gold)}>${span(outcome.predicted)}`,
  );
}

describe('outcomesOf', () => {
  it('tells correct, wrongly typed, missed and spurious entities apart', () => {
    expect(compare('B-PER O B-ORG O B-LOC O', 'B-PER O B-LOC O O B-LOC')).toEqual([
      'correct 0-1>0-1',
      'type 2-3>2-3',
      'missed 4-5>',
      'spurious >5-6',
    ]);
  });

  it('calls an overlap of one type a boundary error, and of two types a miss and a spurious entity', () => {
    expect(compare('B-PER I-PER O', 'O B-PER I-PER')).toEqual(['boundary 0-2>1-3']);
    expect(compare('B-PER I-PER', 'B-ORG O')).toEqual(['missed 0-2>', 'spurious >0-1']);
  });

  it('does not call neighbours that only touch a boundary error', () => {
    expect(compare('B-PER I-PER O O', 'O O B-PER I-PER')).toEqual(['missed 0-2>', 'spurious >2-4']);
    expect(compare('O O B-PER I-PER', 'B-PER I-PER O O')).toEqual(['missed 2-4>', 'spurious >0-2']);
  });

  it('uses a predicted entity once: the second gold entity under it is missed', () => {
    expect(compare('B-PER B-PER', 'B-PER I-PER')).toEqual(['boundary 0-1>0-2', 'missed 1-2>']);
    expect(compare('B-PER I-PER', 'B-PER B-PER')).toEqual(['boundary 0-2>0-1', 'spurious >1-2']);
  });

  it('lets an equal span go before an overlap', () => {
    expect(compare('B-PER B-PER I-PER O', 'B-PER I-PER I-PER O')).toEqual(['boundary 0-1>0-3', 'missed 1-3>']);
    expect(compare('B-PER I-PER B-ORG', 'B-PER B-ORG B-PER')).toEqual([
      'boundary 0-2>0-1',
      'type 2-3>2-3',
      'spurious >1-2',
    ]);
  });

  it('puts every entity in exactly one outcome, and as many in each kind as the score has', () => {
    fc.assert(
      fc.property(sentencesOfAnyTags, (sentences) => {
        const counts = { correct: 0, type: 0, boundary: 0, missed: 0, spurious: 0 };
        for (const sentence of sentences) {
          const outcomes = outcomesOf(sentence);
          for (const { kind } of outcomes) counts[kind]++;
          const present = (side: 'gold' | 'predicted') =>
            outcomes
              .map((outcome) => outcome[side])
              .filter((entity) => entity !== undefined)
              .sort((a, b) => a.start - b.start);
          expect(present('gold')).toEqual(entitiesOf(sentence.gold));
          expect(present('predicted')).toEqual(entitiesOf(sentence.predicted));
        }
        const { micro } = score(sentences);
        expect(counts.correct).toBe(micro.tp);
        expect(counts.type + counts.boundary + counts.missed).toBe(micro.fn);
        expect(counts.type + counts.boundary + counts.spurious).toBe(micro.fp);
      }),
    );
  });

  it('leaves no overlap of one type between what is missed and what is spurious', () => {
    fc.assert(
      fc.property(sentencesOfAnyTags, (sentences) => {
        for (const outcomes of sentences.map(outcomesOf)) {
          for (const { gold } of outcomes.filter(({ kind }) => kind === 'missed')) {
            for (const { predicted } of outcomes.filter(({ kind }) => kind === 'spurious')) {
              if (gold === undefined || predicted === undefined || gold.type !== predicted.type) continue;
              expect(gold.end <= predicted.start || predicted.end <= gold.start).toBe(true);
            }
          }
        }
      }),
    );
  });
});

describe('surfaceOf', () => {
  it('joins the tokens of the entity by blanks', () => {
    expect(surfaceOf(['in', 'New', 'York', '.'], { start: 1, end: 3, type: 'LOC' })).toBe('New York');
  });
});
