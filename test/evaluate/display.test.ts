import { describe, expect, it } from '@jest/globals';
import { alignColumns, displayWidth, printable } from '../../src/evaluate/display.js';

describe('printable', () => {
  it('writes what a terminal would obey as text', () => {
    expect(printable('a\u001b[31m\n\u0085\u202eb')).toBe('a\\u{1b}[31m\\u{a}\\u{85}\\u{202e}b');
  });

  it('leaves letters of any script, marks and emoji as they are', () => {
    const text = 'é नमस्ते 東京 👩‍🚀 שלום';
    expect(printable(text)).toBe(text);
  });
});

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
