import fc from 'fast-check';
import type { Entity } from '../../src/text/tags.js';

const TYPES = ['PER', 'LOC', '__proto__', 'constructor', 'creative-work', 'O', '10'];

/** Entities of a sentence and its length: gaps and lengths alternate, so that neighbours often touch. */
export const sentenceOfEntities = fc
  .array(fc.record({ gap: fc.nat(2), length: fc.integer({ min: 1, max: 4 }), type: fc.constantFrom(...TYPES) }))
  .chain((parts) => fc.nat(2).map((rest) => ({ parts, rest })))
  .map(({ parts, rest }) => {
    const entities: Entity[] = [];
    let at = 0;
    for (const { gap, length, type } of parts) {
      entities.push({ start: at + gap, end: at + gap + length, type });
      at += gap + length;
    }
    return { entities, length: at + rest };
  });
