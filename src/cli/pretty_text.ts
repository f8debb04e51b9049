import type { ChalkInstance } from 'chalk';
import type { Piece } from '../text/sentence.js';
import { visible } from '../text/visible.js';
import { type Formatter, labelOf, textEntities, type WrittenEntity } from './tagged_text.js';

const COLOURS = ['cyan', 'yellow', 'green', 'magenta', 'blue', 'red'] as const;

/** The text with its entities in colour, each type in one of its own throughout. */
export function prettyFormatter(chalk: ChalkInstance): Formatter {
  const colourOf = new Map<string, (typeof COLOURS)[number]>();
  return (text) => {
    let at = 0;
    const add = (piece: Piece, found: readonly WrittenEntity[]): string => {
      let out = '';
      for (const entity of textEntities(piece, found)) {
        const { start, end, type } = entity;
        const colour = colourOf.get(type) ?? COLOURS[colourOf.size % COLOURS.length];
        colourOf.set(type, colour);
        const paint = chalk[colour];
        out += visible(text.slice(at, start));
        out += `${paint.bold.underline(visible(text.slice(start, end)))} ${paint(visible(labelOf(entity)))}`;
        at = end;
      }
      return out;
    };
    return { begin: () => [], add, end: () => `${visible(text.slice(at))}\n` };
  };
}
