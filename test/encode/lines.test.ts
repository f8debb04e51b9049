import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bigramTagsKind } from '../../src/encode/features/statistics/bigram_tags.js';
import { mentionKind } from '../../src/encode/features/statistics/mention.js';
import { TagCounts } from '../../src/encode/features/statistics/tag_counts.js';
import { tagPlaceKind } from '../../src/encode/features/statistics/tag_place.js';
import { formTagsKind, wordTagsKind } from '../../src/encode/features/statistics/word_tags.js';
import { countLines, fromRuns, joinLines, linesIn, runsOf, splitLines, unitsOf } from '../../src/encode/lines.js';

describe('joined lines', () => {
  it('give back any strings', () => {
    const string = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('\\', '\n', 'n', 'a') }));
    fc.assert(fc.property(fc.array(string), (strings) => expect(splitLines(joinLines(strings))).toEqual(strings)));
  });

  it('are counted and read unit by unit as they were', () => {
    const string = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('\\', '\n', 'n', 'a') }));
    fc.assert(
      fc.property(fc.array(string), (strings) => {
        const text = joinLines(strings);
        const { units, starts } = unitsOf(text);
        const read = strings.map((_, i) => String.fromCharCode(...units.subarray(starts[i], starts[i + 1])));
        expect([read, countLines(text), starts.length]).toEqual([strings, strings.length, strings.length + 1]);
      }),
    );
  });

  it.each([[undefined], [3], ['a'], ['a\nb']])('are not %j', (text) => expect(() => linesIn(text)).toThrow(RangeError));
});

describe('runs of equal numbers', () => {
  it('give back any counts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 })), (numbers) => {
        const runs = runsOf(numbers);
        expect([...fromRuns(runs, numbers.length)]).toEqual(numbers);
        expect(runs.every(([number], i) => i === 0 || number !== runs[i - 1][0])).toBe(true);
      }),
    );
  });

  it('are refused where there are too many or too few', () => {
    expect(() => fromRuns([[1, 3]], 2)).toThrow(RangeError);
    expect(() => fromRuns([[1, 3]], 4)).toThrow(RangeError);
  });
});

describe('counts of tags', () => {
  it('are stored and read as they were', () => {
    const rows = fc.array(fc.tuple(fc.nat(9999), fc.nat(2), fc.nat(1)), { maxLength: 20 });
    fc.assert(
      fc.property(rows, (all) => {
        const counts = new TagCounts(['O', 'I-A', 'I-__proto__']);
        all.forEach((row, i) => {
          expect(counts.addRow()).toBe(i);
          row.forEach((count, c) => {
            counts.add(i, c, count);
          });
        });
        const keys = all.map((_, i) => `key ${i}`);
        const again = TagCounts.restore(JSON.parse(JSON.stringify(counts.state(keys))));
        expect([splitLines(again.keys), again.counts.classes, again.counts.rows]).toEqual([
          keys,
          counts.classes,
          all.length,
        ]);
        expect(all.map((row, i) => row.map((_, c) => again.counts.at(i, c)))).toEqual(all);
      }),
    );
  });

  it('hold more classes than there are letters', () => {
    const classes = Array.from({ length: 300 }, (_, i) => `I-${i}`);
    const counts = new TagCounts(classes);
    counts.addRow();
    classes.forEach((_, c) => {
      counts.add(0, c, c);
    });
    const again = TagCounts.restore(JSON.parse(JSON.stringify(counts.state(['key']))));
    expect(classes.map((_, c) => again.counts.at(0, c))).toEqual(classes.map((_, c) => c));
  });

  it('know totals and the most frequent, the first of equals', () => {
    const counts = new TagCounts(['O', 'I-A', 'I-B']);
    counts.addRow();
    counts.addRow();
    counts.add(1, 1, 2);
    counts.add(1, 2, 2);
    counts.add(1, 0, 3);
    expect([counts.total(1), counts.total(1, 1), counts.largest(1), counts.largest(1, 1), counts.largest(0)]).toEqual([
      7, 4, 0, 1, -1,
    ]);
  });

  it.each([
    [null],
    [[]],
    [{ classes: 'O\n', keys: 'a\n' }],
    [{ classes: 'O\n', keys: 'a\nb\n', counts: 'a\n' }],
    [{ classes: 'O\n', keys: 'a\n', counts: 'b\n' }],
    [{ classes: 'O\n', keys: 'a\n', counts: '3\n' }],
    [{ classes: 'O\n', keys: 'a\n', counts: 'a\na\n' }],
    [{ classes: 'O\n', keys: 'a\n', counts: 'a\na\na\n' }],
  ])('are not %j', (state) => expect(() => TagCounts.restore(state)).toThrow(RangeError));

  it.each([wordTagsKind(), formTagsKind(), tagPlaceKind(), mentionKind(), bigramTagsKind()])(
    'of $name are stored again as they were read',
    ({ learned }) => {
      const state = { classes: 'O\nI-A\n', keys: 'a\nb c\n\\n\n', counts: 'a2\nb\nab3\n' };
      learned?.restore(state);
      expect(learned?.state()).toEqual(state);
    },
  );

  it.each([wordTagsKind(), formTagsKind(), tagPlaceKind(), mentionKind(), bigramTagsKind()])(
    'of $name are refused where a key stands twice',
    ({ learned }) => {
      const state = (keys: string): object => ({ classes: 'O\nO\n', keys, counts: 'a\nb\n' });
      learned?.restore(state('a\nb\n'));
      expect(() => learned?.restore(state('a\na\n'))).toThrow('a key stands twice');
    },
  );
});
