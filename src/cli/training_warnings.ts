import type { CorpusCounts } from '../text/corpus.js';
import { shareCutOtherwise } from '../text/own_tokens.js';
import { visible } from '../text/visible.js';
import { type Example, entityTypes } from '../train/trainer.js';
import type { LoadedCorpus } from './corpora.js';
import type { Shell } from './shell.js';
import { warn } from './terminal.js';

/** Warns of corpora that are likely not what was meant, given the counts of those to train on. */
export async function warnOfCorpora(
  train: readonly LoadedCorpus[],
  dev: readonly LoadedCorpus[],
  counts: readonly CorpusCounts[],
  shell: Shell,
): Promise<void> {
  await warnOfRepeats(train, dev, shell);
  await warnOfTokens(train, shell);
  await warnOfRareTypes(counts, shell);
  await warnOfSpellings(counts, shell);
}

/** A sentence on both sides makes the dev scores too good to believe. */
async function warnOfRepeats(
  trainCorpora: readonly LoadedCorpus[],
  devCorpora: readonly LoadedCorpus[],
  shell: Shell,
): Promise<void> {
  const seen = new Set<string>();
  for (const { source, sha256 } of trainCorpora) {
    if (seen.has(sha256)) await warn(shell, `${visible(source)} is given twice`);
    seen.add(sha256);
  }
  for (const { source, sha256 } of devCorpora) {
    if (seen.has(sha256)) await warn(shell, `${visible(source)} is trained on as well: its dev scores say nothing`);
  }
}

/** Corpora of which more is cut otherwise than this have tokens of another kind; a few are so in all (`1996-08-22`). */
const MUCH = 0.1;

/** A model of tokens that are not those of `ner tag` does badly on running text. */
async function warnOfTokens(corpora: readonly LoadedCorpus[], shell: Shell): Promise<void> {
  for (const { source, sentences } of corpora) {
    const share = shareCutOtherwise(sentences);
    if (share < MUCH) continue;
    await warn(
      shell,
      `${visible(source)}: ner tag would cut ${Math.round(100 * share)} % of the tokens otherwise where it is given text; give it tokens ` +
        '(--input tokens or columns)',
    );
  }
}

/** Types of fewer entities are rare, where there are so many in all. */
const RARE = { fewer: 4, of: 200 } as const;

/** A type of hardly any entity is hardly learned, and is often another one misspelt. */
async function warnOfRareTypes(corpora: readonly CorpusCounts[], shell: Shell): Promise<void> {
  const counts = new Map<string, number>();
  for (const { entities } of corpora) {
    for (const [type, count] of entities.perType) counts.set(type, (counts.get(type) ?? 0) + count);
  }
  const all = corpora.reduce((sum, { entities }) => sum + entities.total, 0);
  if (all < RARE.of) return;
  const rare = [...counts]
    .filter(([, count]) => count < RARE.fewer)
    .map(([type, count]) => `${visible(type)} (${count})`);
  if (rare.length === 0) return;
  await warn(shell, `types of hardly any entity, which are hardly learned: ${rare.sort().join(', ')}; are they meant?`);
}

/** Types that differ only in case are mostly one, spelt by two annotators. */
async function warnOfSpellings(corpora: readonly CorpusCounts[], shell: Shell): Promise<void> {
  const spellings = new Map<string, Set<string>>();
  for (const { entities } of corpora) {
    for (const type of entities.perType.keys()) {
      const key = type.toLowerCase();
      spellings.set(key, (spellings.get(key) ?? new Set()).add(type));
    }
  }
  for (const types of spellings.values()) {
    if (types.size < 2) continue;
    const names = [...types].sort().map(visible);
    await warn(
      shell,
      `types that differ only in case: ${names.join(', ')}; are they meant? (ner convert --map ${names[1]}=${names[0]} makes them one)`,
    );
  }
}

/** Warns of what makes dev scores say little. */
export async function warnOfDev(train: readonly Example[], dev: readonly Example[], shell: Shell): Promise<void> {
  const known = new Set(entityTypes(train));
  const unseen = entityTypes(dev).filter((type) => !known.has(type));
  if (unseen.length > 0) {
    await warn(
      shell,
      `the dev set has types that the training part has not: ${unseen.map(visible).join(', ')}; all are misses`,
    );
  }
  const isEmpty = dev.every(({ entities }) => entities.length === 0);
  if (isEmpty) await warn(shell, 'the dev set has no entity, so every dev F1 is 0');
}
