import { PLAIN, type TokenKind } from './kind.js';

/** Lengths of affixes, in characters. */
export interface Lengths {
  readonly from: number;
  readonly to: number;
}

/**
 * `prefix:1-4`: how the lower-cased word, digits as 0, begins: Oslo → o, os, osl, oslo. A word that ends earlier shows it:
 * in → i, in, in>.
 */
export function prefixKind(lengths: Lengths): TokenKind {
  return {
    name: `prefix:${lengths.from}-${lengths.to}`,
    needs: 'token',
    rules: PLAIN,
    valuesOf: ({ normalised: { text } }) => {
      const characters = [...text, '>'];
      return affixes(lengths, (length) => characters.slice(0, length));
    },
  };
}

/** `suffix:1-4`: how it ends: Oslo → o, lo, slo, oslo; in → n, in, <in. */
export function suffixKind(lengths: Lengths): TokenKind {
  return {
    name: `suffix:${lengths.from}-${lengths.to}`,
    needs: 'token',
    rules: PLAIN,
    valuesOf: ({ normalised: { text } }) => {
      const characters = ['<', ...text];
      return affixes(lengths, (length) => characters.slice(-length));
    },
  };
}

function affixes({ from, to }: Lengths, cut: (length: number) => readonly string[]): string[] {
  const found = new Set<string>();
  for (let length = from; length <= to; length++) found.add(cut(length).join(''));
  return [...found];
}
