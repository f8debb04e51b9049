import { describe, expect, it } from '@jest/globals';
import { visible } from '../../src/text/visible.js';

describe('visible', () => {
  it('escapes control characters of both ranges, line separators, changes of direction and U+FEFF', () => {
    expect(visible('a\u0000\u001b[31m\u007f\u0085\u2028\u2029\u202e\u061c\u2066\ufeffb\t\r\n')).toBe(
      'a\\x00\\x1b[31m\\x7f\\x85\\u2028\\u2029\\u202e\\u061c\\u2066\\ufeffb\\t\\r\\n',
    );
  });

  it('leaves text of any script alone', () => {
    const text = 'Łódź Zu\u0308rich बेंगलुरु 東京 שלום 👩‍🔬 “quoted” \\n';
    expect(visible(text)).toBe(text);
  });
});
