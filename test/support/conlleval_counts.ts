import type { TagPair } from '../../src/evaluate/score.js';

interface State {
  readonly tag: string;
  readonly type: string;
}

const NONE: State = { tag: 'O', type: '' };

/** Counts of one type: chunks in the corpus, chunks guessed, chunks correct. */
export interface ChunkCounts {
  foundCorrect: number;
  foundGuessed: number;
  correctChunk: number;
}

function stateOf(tag: string): State {
  const hyphen = tag.indexOf('-');
  return hyphen < 0 ? { tag, type: '' } : { tag: tag.slice(0, hyphen), type: tag.slice(hyphen + 1) };
}

function ends(previous: State, next: State): boolean {
  const tags = previous.tag + next.tag;
  return ['BB', 'BO', 'IB', 'IO'].includes(tags) || (previous.tag !== 'O' && previous.type !== next.type);
}

function starts(previous: State, next: State): boolean {
  const tags = previous.tag + next.tag;
  return ['BB', 'IB', 'OB', 'OI'].includes(tags) || (next.tag !== 'O' && previous.type !== next.type);
}

/**
 * Counts chunks of IOB tags as conlleval does: token by token over all sentences, with a flag that the current chunk is
 * correct so far, never forming a span.
 */
export function conllevalCounts(sentences: readonly TagPair[]): Map<string, ChunkCounts> {
  const counts = new Map<string, ChunkCounts>();
  const of = (type: string): ChunkCounts => {
    const found = counts.get(type) ?? { foundCorrect: 0, foundGuessed: 0, correctChunk: 0 };
    counts.set(type, found);
    return found;
  };
  const rows = sentences.flatMap(({ gold, predicted }) => [
    ...gold.map((tag, t) => ({ correct: stateOf(tag), guessed: stateOf(predicted[t]) })),
    { correct: NONE, guessed: NONE },
  ]);
  let last = { correct: NONE, guessed: NONE };
  let inCorrect = false;
  for (const row of rows) {
    const { correct, guessed } = row;
    const correctEnds = ends(last.correct, correct);
    const guessedEnds = ends(last.guessed, guessed);
    if (inCorrect && correctEnds && guessedEnds && last.guessed.type === last.correct.type) {
      inCorrect = false;
      of(last.correct.type).correctChunk++;
    } else if (inCorrect && (correctEnds !== guessedEnds || guessed.type !== correct.type)) {
      inCorrect = false;
    }
    const correctStarts = starts(last.correct, correct);
    const guessedStarts = starts(last.guessed, guessed);
    if (correctStarts && guessedStarts && guessed.type === correct.type) inCorrect = true;
    if (correctStarts) of(correct.type).foundCorrect++;
    if (guessedStarts) of(guessed.type).foundGuessed++;
    last = row;
  }
  return counts;
}
