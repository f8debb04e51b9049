import { PLAIN, type PlaceKind } from './kind.js';

/** `column:2`: what the second column of the corpus's file says of the token, a part of speech, say. Oslo → NNP. */
export function columnKind(column: number): PlaceKind {
  return {
    name: `column:${column}`,
    needs: 'column',
    rules: PLAIN,
    readInto: (sink) => (document) => (s, t) => {
      const value = document[s].columns.get(column)?.[t];
      if (value !== undefined) sink.push(sink.numberOf(value));
    },
  };
}
