import { PLAIN, type TokenKind } from './kind.js';

/** `lower`: the word lower-cased, its digits as 0. Oslo → oslo, 1996 → 0000. */
export function lowerKind(): TokenKind {
  return {
    name: 'lower',
    needs: 'token',
    rules: { ...PLAIN, rare: 'unknown' },
    valuesOf: ({ normalised }) => [normalised.text],
  };
}
