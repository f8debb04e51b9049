import { ratio, type Score, type Tally } from './score.js';

/** The width to which the script pads a type: bytes, since it reads its input as bytes. */
const TYPE_BYTES = 17;

/**
 * A score as the official script of the CoNLL-2000 and CoNLL-2003 shared tasks prints it (conlleval, version of
 * 2004-01-26), byte for byte, every line ended.
 */
export function formatConlleval(score: Score): string {
  const { tokens, correctTokens, micro, perType } = score;
  const phrases = `${micro.tp + micro.fn} phrases; found: ${micro.tp + micro.fp} phrases; correct: ${micro.tp}.`;
  const lines = [`processed ${tokens} tokens with ${phrases}`];
  if (tokens > 0) lines.push(`accuracy: ${padded((100 * correctTokens) / tokens)}%; ${measures(micro)}`);
  for (const [type, tally] of perType) lines.push(`${padType(type)}: ${measures(tally)}  ${tally.tp + tally.fp}`);
  return `${lines.join('\n')}\n`;
}

/** The script's own operations on percentages, in its order: another order differs in the last bit, and on a tie in print. */
function measures({ tp, fp, fn }: Tally): string {
  const precision = ratio(100 * tp, tp + fp);
  const recall = ratio(100 * tp, tp + fn);
  const fb1 = ratio(2 * precision * recall, precision + recall);
  return `precision: ${padded(precision)}%; recall: ${padded(recall)}%; FB1: ${padded(fb1)}`;
}

/** C's `%6.2f`. */
function padded(value: number): string {
  return twoDecimals(value).padStart(6);
}

function padType(type: string): string {
  const bytes = new TextEncoder().encode(type).length;
  return ' '.repeat(Math.max(0, TYPE_BYTES - bytes)) + type;
}

/**
 * C's `%.2f` of a value that is not negative. Both C and `toFixed` round the exact binary value and differ on ties only:
 * C takes the even neighbour, `toFixed` the upper one. A binary fraction halfway between two hundredths is an odd number
 * of eighths, and of .125, .375, .625 and .875 the first and third have their even neighbour below.
 */
export function twoDecimals(value: number): string {
  const tiedToBelow = (value * 8) % 4 === 1;
  return (tiedToBelow ? value - 1 / 1024 : value).toFixed(2);
}
