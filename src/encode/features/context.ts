import { type Word, WordNumbers } from '../word.js';
import { type KindRules, PLAIN, type PlaceKind } from './kind.js';
import { occurrencesOf } from './occurrences.js';

const AVERAGED: KindRules = { ...PLAIN, rare: 'unknown', draw: 'context', dropout: 0.2, mean: true };

/**
 * `context:1`: what stands around the same word elsewhere in the document: the words before it (`context:-1`) and after it
 * (`context:+1`) at up to six nearest other occurrences, lower-cased, digits as 0; their columns are averaged. Only for words
 * that begin with a letter. `context:1-2` adds those at distance 2. For Oslo, where another sentence of the document has
 * "in Oslo today": in and today.
 */
export function contextKind(distance: number): PlaceKind {
  return around('context', distance, (word) => word.normalised.text);
}

/** `context-shape:1`: the shapes of those neighbours, such as x, Xx or ,. */
export function contextShapeKind(distance: number): PlaceKind {
  return around('context-shape', distance, (word) => word.shape.text);
}

function around(family: string, distance: number, textOf: (word: Word) => string): PlaceKind {
  const outside = distance < 0 ? '<' : '>';
  return {
    name: `${family}:${distance < 0 ? '' : '+'}${distance}`,
    needs: 'document',
    rules: AVERAGED,
    readInto: (sink) => {
      const numbers = new WordNumbers((word) => sink.numberOf(textOf(word)));
      const numberOutside = sink.numberOf(outside);
      return (document) => {
        const occurrences = occurrencesOf(document);
        return (s, t) => {
          const places = occurrences.nearest(s, t);
          for (let i = 0; i < places.length; i++) {
            const neighbour = document[places[i].s].words[places[i].t + distance];
            sink.push(neighbour === undefined ? numberOutside : numbers.of(neighbour));
          }
        };
      };
    },
  };
}
