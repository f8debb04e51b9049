import { DataError } from '../errors.js';
import { quoted } from '../text/quote.js';
import type { Corpus, TaggedSentence } from '../text/sentence.js';
import { tagsOf } from '../text/tags.js';
import type { ComparedSentence } from './outcome.js';

const HINT =
  'gold tags and predictions must be of the same sentences, token by token, in the same order; what `ner tag --input columns` writes is';

/**
 * The sentences of gold corpora with the tags that another file has for them, each in its gold corpus's scheme.
 * @throws DataError at the first token, or end of a sentence, in which the two differ
 */
export function alignedSentences(gold: readonly Corpus[], predictions: Corpus): ComparedSentence[] {
  const sentences = gold.flatMap(({ source, scheme, sentences }) =>
    sentences.map((one) => ({ ...one, source, scheme })),
  );
  const compared = sentences.map(({ source, scheme, tokens, lines, tags }, s) => {
    const other = predictions.sentences[s];
    if (other === undefined) throw endsEarly(predictions, source, lines[0]);
    requireSameTokens({ tokens, lines }, source, other, predictions.source);
    const predicted = tagsOf(other.entities, tokens.length, scheme);
    return { source, tokens, lines, gold: tags, predicted };
  });
  const surplus = predictions.sentences[sentences.length];
  if (surplus === undefined) return compared;
  throw new DataError('a sentence that no gold corpus has', {
    at: { source: predictions.source, line: surplus.lines[0] },
    hint: HINT,
  });
}

function endsEarly({ source, sentences }: Corpus, goldSource: string, goldLine: number): DataError {
  const line = sentences.at(-1)?.lines.at(-1);
  const at = line === undefined ? { source } : { source, line };
  return new DataError(`the predictions end here, where ${goldSource}:${goldLine} goes on`, { at, hint: HINT });
}

type Placed = Pick<TaggedSentence, 'tokens' | 'lines'>;

function requireSameTokens(gold: Placed, goldSource: string, other: Placed, source: string): void {
  const length = Math.max(gold.tokens.length, other.tokens.length);
  for (let t = 0; t < length; t++) {
    if (gold.tokens[t] === other.tokens[t]) continue;
    const [ours, theirs] = [gold, other].map(({ tokens }) =>
      t < tokens.length ? quoted(tokens[t]) : 'the end of the sentence',
    );
    const line = other.lines[Math.min(t, other.lines.length - 1)];
    const goldLine = gold.lines[Math.min(t, gold.lines.length - 1)];
    throw new DataError(`${theirs}, where ${goldSource}:${goldLine} has ${ours}`, { at: { source, line }, hint: HINT });
  }
}
