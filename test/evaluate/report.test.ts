import { describe, expect, it } from '@jest/globals';
import { detailsOf } from '../../src/evaluate/details.js';
import { reportOf } from '../../src/evaluate/report.js';
import { score } from '../../src/evaluate/score.js';
import { parseColumns } from '../support/conlleval.js';

const sentences = parseColumns('a B-__proto__ B-__proto__\nb B-constructor O\nc B-10 B-10\nd O B-10\ne O B-10\n');
const right = { tp: 1, fp: 0, fn: 0, precision: 1, recall: 1, f1: 1 };

describe('reportOf', () => {
  it('has the figures of the score as fractions', () => {
    const report = JSON.parse(JSON.stringify(reportOf(score(sentences))));
    expect(report).toMatchObject({
      schema: 1,
      sentences: 1,
      tokens: 5,
      accuracy: 2 / 5,
      entities: { gold: 3, predicted: 4, correct: 2 },
      micro: { tp: 2, fp: 2, fn: 1, precision: 1 / 2, recall: 2 / 3, f1: 4 / 7 },
      macro: { precision: (1 / 3 + 1) / 3, recall: 2 / 3, f1: (1 / 2 + 1) / 3 },
    });
    expect(report).not.toHaveProperty('details');
  });

  it('keeps the types __proto__, constructor and 10 through JSON', () => {
    const { perType } = JSON.parse(JSON.stringify(reportOf(score(sentences))));
    expect(Object.keys(perType).sort()).toEqual(['10', '__proto__', 'constructor']);
    expect(Object.getOwnPropertyDescriptor(perType, '__proto__')?.value).toEqual(right);
    expect(perType.constructor).toMatchObject({ tp: 0, fn: 1 });
  });

  it('keeps them in a copy with members of a caller', () => {
    const text = JSON.stringify({ ...reportOf(score(sentences)), model: 'sha256:0' });
    expect(text).toContain('"__proto__":{"tp":1,');
  });

  it('carries the details as they are', () => {
    const details = detailsOf(sentences);
    expect(JSON.parse(JSON.stringify(reportOf(score(sentences), details))).details).toEqual(details);
  });
});
