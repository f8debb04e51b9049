import { describe, expect, it } from '@jest/globals';
import { formatConlleval, twoDecimals } from '../../src/evaluate/conlleval.js';
import { score, tallyOf } from '../../src/evaluate/score.js';
import { parseColumns, readFixture } from '../support/conlleval.js';

const FIXTURES = [
  'iob1',
  'iob2',
  'iob2-noisy',
  'iob2-only-i-predicted',
  'no-entities',
  'nothing-predicted',
  'random-malformed',
];

/** Rounds p/q, a decimal that ends, to two decimals in integers alone: half to even. */
function halfEven(p: bigint, q: bigint): string {
  const hundredths = (p * 100n) / q;
  const rest = 2n * ((p * 100n) % q);
  const up = rest > q || (rest === q && hundredths % 2n === 1n);
  const digits = String(hundredths + (up ? 1n : 0n)).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The value of a finite double that is not negative, as a fraction of integers. */
function exactly(value: number): { p: bigint; q: bigint } {
  let p = value;
  let q = 1n;
  while (!Number.isInteger(p)) {
    p *= 2;
    q *= 2n;
  }
  return { p: BigInt(p), q };
}

describe('formatConlleval', () => {
  it.each(FIXTURES)('prints what the official script prints for %s', (name) => {
    const sentences = parseColumns(readFixture(`${name}.txt`));
    expect(formatConlleval(score(sentences))).toBe(readFixture(`${name}.expected`));
  });

  it('prints the first line alone for no tokens', () => {
    expect(formatConlleval(score([]))).toBe('processed 0 tokens with 0 phrases; found: 0 phrases; correct: 0.\n');
  });

  it('lists a type that is only predicted', () => {
    const lines = formatConlleval(score([{ gold: ['B-PER', 'O'], predicted: ['B-PER', 'B-MISC'] }])).split('\n');
    expect(lines[2]).toBe('             MISC: precision:   0.00%; recall:   0.00%; FB1:   0.00  1');
    expect(lines[3]).toBe('              PER: precision: 100.00%; recall: 100.00%; FB1: 100.00  1');
  });

  it('pads types by bytes and leaves longer ones whole', () => {
    const gold = ['B-événement', 'B-an-overlong.type-name'];
    const lines = formatConlleval(score([{ gold, predicted: gold }])).split('\n');
    expect(lines[2].split(': ')[0]).toBe('an-overlong.type-name');
    expect(lines[3].split(': ')[0]).toBe('      événement');
  });

  it('computes FB1 from percentages in the order of the script, which decides its last digit', () => {
    // 2·P·R/(P+R) of 100/63 and 100 is 3.1250000000000004, while 2·1/(63+1) is 3.125% exactly and rounds to 3.12.
    const micro = tallyOf({ gold: 1, predicted: 63, correct: 1 });
    const printed = formatConlleval({ ...score([]), tokens: 800, correctTokens: 97, micro });
    expect(printed.split('\n')[1]).toBe('accuracy:  12.12%; precision:   1.59%; recall: 100.00%; FB1:   3.13');
  });
});

describe('twoDecimals', () => {
  it('rounds ties to the even neighbour', () => {
    expect([12.125, 12.375, 12.625, 12.875, 0.125, 0.375].map(twoDecimals)).toEqual([
      '12.12',
      '12.38',
      '12.62',
      '12.88',
      '0.12',
      '0.38',
    ]);
  });

  it('rounds every percentage of up to 400 things as exact arithmetic on its binary value does', () => {
    const wrong: string[] = [];
    for (let found = 1; found <= 400; found++) {
      for (let correct = 0; correct <= found; correct++) {
        const value = (100 * correct) / found;
        const { p, q } = exactly(value);
        if (twoDecimals(value) !== halfEven(p, q)) wrong.push(`${correct}/${found}: ${twoDecimals(value)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('rounds every multiple of 1/64 up to 100, ties among them, as exact arithmetic does', () => {
    for (let n = 0; n <= 6400; n++) expect(twoDecimals(n / 64)).toBe(halfEven(BigInt(n), 64n));
  });
});
