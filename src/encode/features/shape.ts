import { classOf, collapse, isUpperCase, shapeOf } from '../characters.js';
import { PLAIN, type TokenKind } from './kind.js';

const LONGEST = 12;

/**
 * `shape`: three views of how the word is written, X for a capital, x for a small letter, d for a digit: runs cut to
 * three and the whole to twelve characters, runs cut to one, and whether it is all capitals (A), has a digit (d), a
 * hyphen, a dot. Oslo → 3:Xxxx, 1:Xx, has:; B-52s → 3:X-ddx, 1:X-dx, has:d-.
 */
export function shapeKind(): TokenKind {
  return {
    name: 'shape',
    needs: 'token',
    rules: { ...PLAIN, rare: 'unknown' },
    valuesOf: ({ form, shape }) => {
      const runs = [...collapse(shapeOf(form), 3)].slice(0, LONGEST).join('');
      return [`3:${runs}`, `1:${shape.text}`, `has:${marksOf(form)}`];
    },
  };
}

function marksOf(form: string): string {
  const capitals = form.length > 1 && isUpperCase(form) ? 'A' : '';
  const digit = [...form].some((character) => classOf(character) === 'digit') ? 'd' : '';
  return `${capitals}${digit}${form.includes('-') ? '-' : ''}${form.includes('.') ? '.' : ''}`;
}
