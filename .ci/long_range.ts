/** Checks the medians of the long-range experiment at 40 tokens: `npx tsx .ci/long_range.ts`. */
import { accuracy, corporaOf, median, type NetworkName, trained } from '../bench/long-range/experiment.js';

const SEEDS = [1, 2, 3, 4, 5];

async function medianOf(name: NetworkName): Promise<number> {
  const accuracies: number[] = [];
  for (const seed of SEEDS) {
    const corpora = corporaOf(40, seed);
    const { tagger } = await trained(name, corpora, seed);
    accuracies.push(accuracy(tagger, corpora.test));
  }
  return median(accuracies);
}

const elman = await medianOf('elman');
const lstm = await medianOf('lstm');
process.stdout.write(`median of ${SEEDS.length} seeds at 40 tokens: elman ${elman}, lstm ${lstm}\n`);
process.exitCode = elman <= 0.65 && lstm >= 0.95 ? 0 : 1;
