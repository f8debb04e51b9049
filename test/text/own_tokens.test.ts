import { expect, it } from '@jest/globals';
import { shareCutOtherwise } from '../../src/text/own_tokens.js';

const share = (...tokens: string[]): number => shareCutOtherwise([{ tokens }]);

it('the share of tokens that are cut otherwise counts every place, and nothing where there is none', () => {
  expect(share('Ana', 'left', 'Oslo', '.')).toBe(0);
  expect(share('王小明', '住在', '北京', '。')).toBe(0.75);
  expect(share('a,b', 'a,b', 'a', '')).toBe(0.75);
  expect(shareCutOtherwise([])).toBe(0);
});

it('the share of tokens that are cut otherwise is that of the first twenty thousand or so', () => {
  const sentences = Array.from({ length: 3000 }, (_, i) => ({ tokens: new Array(10).fill(i < 2000 ? 'a' : 'a,b') }));
  expect(shareCutOtherwise(sentences)).toBe(0);
});
