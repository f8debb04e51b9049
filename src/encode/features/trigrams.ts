import { PLAIN, type TokenKind } from './kind.js';

const MOST = 8;

/** `trigrams`: the first eight character trigrams of `<word>` seen at least twice, lower-cased, digits as 0: Oslo → <os, osl, slo, lo>. */
export function trigramsKind(): TokenKind {
  return {
    name: 'trigrams',
    needs: 'token',
    rules: { ...PLAIN, minCount: 2 },
    valuesOf: ({ normalised: { text } }) => {
      const characters = ['<', ...text, '>'];
      const found = new Set<string>();
      for (let i = 0; i < MOST && i + 3 <= characters.length; i++) found.add(characters.slice(i, i + 3).join(''));
      return [...found];
    },
  };
}
