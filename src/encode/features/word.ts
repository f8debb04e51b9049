import { PLAIN, type TokenKind } from './kind.js';

/** `word`: the word form itself, the textbook's x(t); in lower case if told. Oslo → Oslo. */
export function wordKind(lowercase: boolean): TokenKind {
  return {
    name: 'word',
    needs: 'token',
    rules: { ...PLAIN, rare: 'unknown' },
    valuesOf: (word) => [lowercase ? word.lower : word.form],
    single: lowercase ? (form) => form.toLowerCase() : (form) => form,
  };
}
