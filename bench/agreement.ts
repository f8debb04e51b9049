/** What a side found: the likeliest tags of some batches under the first weights, and the losses of a step on each. */
export interface Checked {
  readonly tags: readonly (readonly number[])[];
  readonly losses: readonly number[];
}

const LOSS_TOLERANCE = 1e-4;
/** Share of tokens whose two likeliest tags may be so near each other that rounding decides. */
const TAG_TOLERANCE = 1e-3;

/** Throws Error where another side's results are not ours but for rounding: what is wrong is not timed. */
export function agreement(name: string, actual: Checked, expected: Checked): void {
  expected.losses.forEach((loss, step) => {
    const error = Math.abs(actual.losses[step] - loss) / Math.abs(loss);
    if (!(error <= LOSS_TOLERANCE)) {
      throw new Error(`${name}: the loss of step ${step + 1} is ${actual.losses[step]}, ours ${loss}`);
    }
  });
  const tags = expected.tags.flat();
  const others = actual.tags.flat();
  const wrong = tags.filter((tag, i) => tag !== others[i]).length;
  if (others.length !== tags.length || wrong > TAG_TOLERANCE * tags.length) {
    throw new Error(`${name}: ${wrong} of ${tags.length} tags are not ours`);
  }
}
