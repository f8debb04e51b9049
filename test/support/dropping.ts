import { Dropper, type DropRules } from '../../src/encode/dropout.js';
import type { OneHots } from '../../src/encode/one_hots.js';

/** What is left of the one-hots of a sentence in one table or in both. */
export function dropOneHots(
  tables: readonly { readonly oneHots: OneHots; readonly rules: DropRules }[],
  random: () => number,
): OneHots[] {
  const [input, wide] = tables;
  const tokenStarts = Int32Array.of(0, input.oneHots.starts.length - 1);
  const row = { tokenStarts, input: input.oneHots, ...(wide && { wide: wide.oneHots }) };
  const dropper = new Dropper({ input: input.rules, wide: (wide ?? input).rules });
  const kept = dropper.drop(row, Int32Array.of(0), () => random);
  return kept.wide === undefined ? [kept.input] : [kept.input, kept.wide];
}
