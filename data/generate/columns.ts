import type { Tagged } from './pattern.js';

/** Lines of token, tab and tag; a blank line after every sentence but the last. */
export function toColumns(sentences: readonly Tagged[]): string {
  return sentences.map(({ tokens, tags }) => tokens.map((token, t) => `${token}\t${tags[t]}\n`).join('')).join('\n');
}
