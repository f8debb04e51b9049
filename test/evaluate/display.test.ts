import { describe, expect, it } from '@jest/globals';
import { alignColumns, displayWidth } from '../../src/evaluate/display.js';

describe('displayWidth', () => {
  it.each([
    ['Oslo', 4],
    ['Zu\u0308rich', 6],
    ['東京', 4],
    ['서울', 4],
    ['😀', 2],
    ['', 0],
  ])('of %s is %d', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('alignColumns', () => {
  it('aligns by width on the terminal, to either side, without blanks at the end', () => {
    expect(
      alignColumns(
        [
          ['a', '10', 'x'],
          ['東京', '5', ''],
        ],
        '<><',
      ),
    ).toEqual(['a     10  x', '東京   5']);
  });

  it('has no lines for no rows', () => {
    expect(alignColumns([], '<')).toEqual([]);
  });
});
