import { describe, expect, it } from '@jest/globals';
import { agree, type Beliefs } from '../../src/model/agreement.js';

/** O, B-X, I-X, B-Y: groups X, Y and O. */
const GROUPS = Int32Array.from([2, 0, 0, 1]);
const K = GROUPS.length;
const WEIGHT = 0.5;

/** Rows of probabilities of X, Y and O. */
function beliefs(rows: readonly (readonly [number, number, number])[]): Beliefs {
  return { groups: GROUPS, probabilities: Float64Array.from(rows.flat()) };
}

/** What is added to the logits of every token's tags. */
function added(documents: readonly (readonly string[])[][], rows: readonly [number, number, number][]): number[][] {
  const logits = new Float64Array(rows.length * K);
  const passages = documents.map((document) => document.map((tokens) => ({ tokens })));
  agree(passages, beliefs(rows), WEIGHT, logits);
  return rows.map((_, r) => Array.from(logits.subarray(r * K, (r + 1) * K)));
}

/** ln(0.05 + 0.85 q) of each group, by tags. */
function expected(X: number, Y: number, O: number): number[] {
  const logs = [X, Y, O].map((q) => WEIGHT * Math.log(0.05 + 0.85 * q));
  return [logs[2], logs[0], logs[0], logs[1]];
}

const NOTHING = new Array(K).fill(0);
const PERSON: [number, number, number] = [0.9, 0.06, 0.04];
const UNSURE: [number, number, number] = [0.3, 0.3, 0.4];
const OUTSIDE: [number, number, number] = [0.1, 0, 0.9];

describe('agreement', () => {
  it('adds to each token what its word is believed to be elsewhere in the document, the token itself left out', () => {
    const documents = [[['Kim', 'left'], ['kim'], ['KIM']]];
    const [first, left, second, third] = added(documents, [PERSON, OUTSIDE, UNSURE, PERSON]);
    const mean = (a: readonly number[], b: readonly number[]) => a.map((x, g) => (x + b[g]) / 2);
    const [ofOthers, ofPersons] = [mean(UNSURE, PERSON), mean(PERSON, PERSON)];
    first.forEach((x, y) => {
      expect(x).toBeCloseTo(expected(ofOthers[0], ofOthers[1], ofOthers[2])[y], 12);
      expect(second[y]).toBeCloseTo(expected(ofPersons[0], ofPersons[1], ofPersons[2])[y], 12);
      expect(third[y]).toBeCloseTo(x, 12);
    });
    expect(left).toEqual(NOTHING);
  });

  it('makes nothing of what a word is in another document', () => {
    expect(added([[['Kim']], [['Kim']]], [PERSON, UNSURE])).toEqual([NOTHING, NOTHING]);
  });

  it('makes nothing of places that are outside more than anything else', () => {
    const [seldom, other] = added([[['may', 'may']]], [OUTSIDE, PERSON]);
    expect(other).toEqual(NOTHING);
    expect(seldom).not.toEqual(NOTHING);
  });

  it('takes numbers of the same length for the same word', () => {
    const [year] = added([[['1999', '2004']]], [UNSURE, PERSON]);
    expect(year[1]).toBeGreaterThan(year[0]);
  });
});
