import { describe, expect, it } from '@jest/globals';
import { UsageError } from '../../src/errors.js';
import { checkGates, gateName, parseGate, parseMinimumF1 } from '../../src/evaluate/gates.js';
import { score } from '../../src/evaluate/score.js';

// PER: precision 1, recall 2/3, F1 4/5. ORG: all 0. All: precision 1, recall 1/2, F1 2/3. Accuracy 3/5.
const found = score([
  { gold: ['B-PER', 'B-PER', 'B-PER', 'B-ORG', 'O'], predicted: ['B-PER', 'B-PER', 'O', 'O', 'O'] },
]);

const check = (...gates: string[]) => checkGates(found, gates.map(parseGate));

describe('parseGate', () => {
  it.each([
    ['PER.recall=0.9', { type: 'PER', metric: 'recall', minimum: 0.9 }],
    ['f1=1', { type: null, metric: 'f1', minimum: 1 }],
    ['macro-f1=0.7', { type: null, metric: 'macro-f1', minimum: 0.7 }],
    ['accuracy=.5', { type: null, metric: 'accuracy', minimum: 0.5 }],
    ['a.b-c.precision=0', { type: 'a.b-c', metric: 'precision', minimum: 0 }],
    ['x=1.f1=0.25', { type: 'x=1', metric: 'f1', minimum: 0.25 }],
    ['__proto__.f1=1.0', { type: '__proto__', metric: 'f1', minimum: 1 }],
  ])('reads %s', (text, gate) => {
    expect(parseGate(text)).toEqual(gate);
  });

  it.each([
    ['PER.recall', /has no value/],
    [
      'PER.recal=0.9',
      /unknown metric: expected one of precision, recall, f1, macro-precision, macro-recall, macro-f1, accuracy, found "recal"/,
    ],
    ['PER=0.9', /unknown metric.*found "PER"/],
    ['=0.9', /unknown metric/],
    ['.f1=0.9', /no type before the dot/],
    ['PER.accuracy=0.9', /asks for the accuracy of a type/],
    ['PER.macro-f1=0.9', /asks for the macro-f1 of a type/],
    ['f1=', /expected a number from 0 to 1, found ""/],
    ['f1=1.01', /expected a number from 0 to 1, found "1.01"/],
    ['f1=80', /found "80"/],
    ['f1=-0.1', /found "-0.1"/],
    ['f1=0.8x', /found "0.8x"/],
    ['f1= 0.8', /found " 0.8"/],
    ['f1=1e-1', /found "1e-1"/],
    ['f1=NaN', /found "NaN"/],
  ])('refuses %s with a hint', (text, message) => {
    const refused = expect(() => parseGate(text));
    refused.toThrow(UsageError);
    refused.toThrow(message);
    refused.toThrow(expect.objectContaining({ hint: expect.any(String) }));
  });

  it('shows a line break in a gate as text', () => {
    expect(() => parseGate('a\nb.f2=1')).toThrow('gate "a\\nb.f2=1" has an unknown metric');
  });
});

describe('parseMinimumF1', () => {
  it('reads a value as a gate on the micro F1', () => {
    expect(parseMinimumF1('0.80')).toEqual({ type: null, metric: 'f1', minimum: 0.8 });
  });

  it('refuses what is not a number from 0 to 1', () => {
    expect(() => parseMinimumF1('80')).toThrow(
      new UsageError('the least F1: expected a number from 0 to 1, found "80"'),
    );
  });
});

describe('gateName', () => {
  it('is the gate as the user wrote it, without the value', () => {
    expect(['a.b.recall=0.5', 'f1=1'].map((text) => gateName(parseGate(text)))).toEqual(['a.b.recall', 'f1']);
  });
});

describe('checkGates', () => {
  it('takes each measure from its place in the score', () => {
    const values = check(
      'precision=0',
      'recall=0',
      'f1=0',
      'accuracy=0',
      'PER.precision=0',
      'PER.recall=0',
      'PER.f1=0',
      'macro-precision=0',
      'macro-recall=0',
      'macro-f1=0',
    );
    expect(values.map(({ value }) => value)).toEqual([1, 1 / 2, 2 / 3, 3 / 5, 1, 2 / 3, 4 / 5, 1 / 2, 1 / 3, 2 / 5]);
  });

  it('passes a value equal to the minimum', () => {
    expect(check('PER.f1=0.8', 'PER.f1=0.8000001').map(({ passed }) => passed)).toEqual([true, false]);
  });

  it('gives its reason on one line', () => {
    expect(check('PER.recall=0.9', 'PER.recall=0.5').map(({ reason }) => reason)).toEqual([
      'PER.recall 0.6667 is below 0.9',
      'PER.recall 0.6667 is at least 0.5',
    ]);
  });

  it('shows all decimals where four would contradict the verdict', () => {
    expect(check('recall=0.5', 'f1=0.6667')[1].reason).toBe('f1 0.6666666666666666 is below 0.6667');
  });

  it('gives a type that is nowhere the value 0 and says so', () => {
    expect(check('LOC.f1=0.1', 'LOC.f1=0')).toMatchObject([
      {
        value: 0,
        passed: false,
        reason: 'LOC.f1 0 is below 0.1: no entity of type LOC in gold or predicted tags, but of ORG PER',
      },
      { value: 0, passed: true },
    ]);
  });
});
