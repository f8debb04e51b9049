import fc from 'fast-check';
import type { TrainingInput } from '../../src/encode/encoder.js';

const TOKENS = [
  'Oslo',
  'OSLO',
  'oslo',
  'in',
  'In',
  'the',
  'New',
  'York',
  '1996',
  '1823',
  '-',
  'A',
  '__proto__',
  'constructor',
  '',
];
const TYPES = ['PER', 'LOC', '__proto__'];

/** A sentence of few different words, so that they come again, with entities that do not overlap. */
const sentence: fc.Arbitrary<TrainingInput> = fc
  .array(
    fc.record({
      token: fc.constantFrom(...TOKENS),
      // how many tokens the entity has that begins here, if one can
      length: fc.constantFrom(0, 0, 1, 1, 2, 3, 7),
      type: fc.constantFrom(...TYPES),
    }),
    { maxLength: 9 },
  )
  .map((parts) => {
    const entities: { start: number; end: number; type: string }[] = [];
    let free = 0;
    parts.forEach(({ length, type }, start) => {
      if (length === 0 || start < free || start + length > parts.length) return;
      free = start + length;
      entities.push({ start, end: free, type });
    });
    return { tokens: parts.map(({ token }) => token), entities };
  });

/** Documents of sentences, at least one each. */
export const documents: fc.Arbitrary<TrainingInput[][]> = fc
  .array(fc.array(sentence, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 })
  .map((all) => all.map((document) => document.map((one, s) => ({ ...one, startsDocument: s === 0 }))));
