/**
 * What a model that reads documents finds when it gets less than one: F1 on a tagged corpus, given whole, and a few sentences at a time.
 *
 *     npx tsx bench/accuracy/alone.ts MODEL CORPUS
 */
import { score } from '../../src/evaluate/score.js';
import { tagsOf } from '../../src/text/tags.js';
import { loaded } from './loaded.js';

const AT_A_TIME = [20, 5, 1];

const [model, file] = process.argv.slice(2);
const { tagger, inputs, gold } = await loaded(model, file);

for (const size of [inputs.length, ...AT_A_TIME]) {
  const found = Array.from({ length: Math.ceil(inputs.length / size) }, (_, i) => {
    const [first, ...others] = inputs.slice(i * size, (i + 1) * size);
    return tagger.tag([{ ...first, startsDocument: true }, ...others]);
  }).flat();
  const tagged = inputs.map(({ tokens: { length } }, s) => ({
    gold: tagsOf(gold[s], length, tagger.scheme),
    predicted: tagsOf(found[s], length, tagger.scheme),
  }));
  const what = size === inputs.length ? 'all together' : `${size} at a time`;
  console.log(`${what}: F1 ${(100 * score(tagged).micro.f1).toFixed(2)}`);
}
