import { describePlace } from '../errors.js';
import { mapType, type TypeMap } from '../evaluate/type_map.js';
import type { TrainingRecord } from '../model/record.js';
import { typesOf } from '../model/tag_rules.js';
import type { Tagger } from '../model/tagger.js';
import { visible } from '../text/visible.js';
import type { HashedFile, LoadedCorpus } from './corpora.js';
import type { Shell } from './shell.js';
import { warn } from './terminal.js';

/** Scores of what a model was made with are better than those of any other text. */
export async function warnOfSeen(
  gold: readonly HashedFile[],
  { train, dev, madeFrom = [] }: TrainingRecord,
  shell: Shell,
): Promise<void> {
  for (const { source, sha256 } of gold) {
    const name = visible(describePlace({ source }));
    const isMadeFrom = madeFrom.includes(sha256);
    if (train.sha256.includes(sha256) || isMadeFrom) {
      const what = isMadeFrom ? `what was made from ${name}` : name;
      await warn(shell, `the model was trained on ${what}: its scores there say nothing of other texts`);
    } else if (dev.sha256.includes(sha256)) {
      await shell.stderr.write(`note   the model was chosen by its scores on ${name}\n`);
    }
  }
}

/** Types that a model does not know can only be missed. */
export async function warnOfUnknownTypes(
  gold: readonly LoadedCorpus[],
  { tags }: Tagger,
  map: TypeMap,
  shell: Shell,
): Promise<void> {
  const scored = (types: readonly string[]): string[] => {
    return [...new Set(types.map((type) => mapType(type, map)))].filter((type) => type !== null).sort();
  };
  const known = scored(typesOf(tags));
  const found = gold.flatMap(({ sentences }) => sentences.flatMap((sentence) => sentence.tags));
  const types = scored(typesOf([...new Set(found)]));
  const unknown = types.filter((type) => !known.includes(type));
  if (unknown.length === 0) return;
  const knows =
    unknown.length < types.length ? '' : `; it knows ${known.map(visible).join(' ')} (--map FROM=TO renames types)`;
  await warn(shell, `the model does not know ${unknown.map(visible).join(' ')}: all are misses${knows}`);
}

/** Tags that are compared with themselves are all right; a file of JSON Lines may have predictions beside gold entities. */
export async function warnOfSameTags(
  gold: readonly LoadedCorpus[],
  predicted: LoadedCorpus,
  shell: Shell,
): Promise<void> {
  const same = gold.find(({ sha256 }) => sha256 === predicted.sha256);
  if (same === undefined) return;
  const spelled = ({ sentences }: LoadedCorpus): string => sentences.map(({ tags }) => tags.join(' ')).join('\n');
  if (spelled(same) !== spelled(predicted)) return;
  const [one, other] = [same, predicted].map(({ source }) => visible(describePlace({ source })));
  await warn(shell, `${one} and ${other} hold the same: gold tags are compared with themselves`);
}
