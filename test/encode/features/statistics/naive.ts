import type { TrainingInput } from '../../../../src/encode/encoder.js';
import { tagsOf } from '../../../../src/text/tags.js';

/** The kinds of the training tags once more, from lists of (key, tag) pairs that are gathered anew for every token. */

type Sentences = readonly TrainingInput[];
type Pair = readonly [key: string, tag: string];

const normal = (token: string): string => token.toLowerCase().replace(/[0-9]/g, '0');

function tagsIn({ tokens, entities = [] }: TrainingInput, scheme: 'IO' | 'BIOES'): string[] {
  return tagsOf(entities, tokens.length, scheme);
}

function typesIn(sentences: Sentences): string[] {
  return [...new Set(sentences.flatMap(({ entities = [] }) => entities.map(({ type }) => type)))].sort();
}

/** How often each tag stands with a key, in the order in which ties are decided: O, then by type. */
function tagCounts(pairs: readonly Pair[], key: string, order: readonly string[]): [string, number][] {
  const tags = pairs.filter(([other]) => other === key).map(([, tag]) => tag);
  const counts = order.map((tag): [string, number] => [tag, tags.filter((other) => other === tag).length]);
  return counts.filter(([, count]) => count > 0);
}

function sum(counts: readonly (readonly [string, number])[]): number {
  return counts.reduce((total, [, count]) => total + count, 0);
}

function commonest(counts: readonly [string, number][]): [string, number] {
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best));
}

const bin = (count: number): string => (count === 1 ? '1' : count <= 3 ? '2-3' : '4+');

function shares(counts: readonly [string, number][]): string[] {
  if (counts.length === 0) return ['unseen'];
  return counts.map(([tag, count]) => {
    const share = count / sum(counts);
    return `${tag} ${share < 0.1 ? '<.1' : share < 0.5 ? '<.5' : share < 0.9 ? '<.9' : '≥.9'} ${bin(sum(counts))}`;
  });
}

function pairsOf(known: Sentences, keyOf: (token: string) => string, scheme: 'IO' | 'BIOES'): Pair[] {
  return known.flatMap((one) => tagsIn(one, scheme).map((tag, t): Pair => [keyOf(one.tokens[t]), tag]));
}

/** `all` is the training part, whose types decide ties; `known` is what of it may be looked at. */
export function wordTags(all: Sentences, known: Sentences, { tokens }: TrainingInput, t: number): string[] {
  const order = ['O', ...typesIn(all).map((type) => `I-${type}`)];
  const counts = tagCounts(pairsOf(known, normal, 'IO'), normal(tokens[t]), order);
  const seen = [64, 32, 16, 8, 4, 2, 1].find((least) => sum(counts) >= least);
  return [...(seen === undefined ? [] : [`seen ${seen}${seen === 64 ? '+' : ''}`]), ...shares(counts)];
}

export function formTags(all: Sentences, known: Sentences, { tokens }: TrainingInput, t: number): string[] {
  const order = ['O', ...typesIn(all).map((type) => `I-${type}`)];
  return shares(
    tagCounts(
      pairsOf(known, (token) => token, 'IO'),
      tokens[t],
      order,
    ),
  );
}

export function tagPlace(all: Sentences, known: Sentences, { tokens }: TrainingInput, t: number): string[] {
  const order = typesIn(all).flatMap((type) => ['B', 'I', 'E', 'S'].map((place) => `${place}-${type}`));
  const counts = tagCounts(pairsOf(known, normal, 'BIOES'), normal(tokens[t]), order);
  if (counts.length === 0) return [];
  const [tag, count] = commonest(counts);
  return [count > 0.8 * sum(counts) ? `${tag} sure` : tag];
}

export function bigramTags(all: Sentences, known: Sentences, { tokens }: TrainingInput, t: number): string[] {
  const order = ['O', ...typesIn(all).map((type) => `I-${type}`)];
  const key = (words: readonly string[], i: number, other: number): string =>
    JSON.stringify([
      words[i - other] === undefined ? (other > 0 ? '<' : '>') : normal(words[i - other]),
      normal(words[i]),
    ]);
  return [1, -1].flatMap((other) => {
    const pairs = known.flatMap((one) => tagsIn(one, 'IO').map((tag, i): Pair => [key(one.tokens, i, other), tag]));
    const counts = tagCounts(pairs, key(tokens, t, other), order);
    if (counts.length === 0) return [];
    const [tag, count] = commonest(counts);
    return [`${other > 0 ? 'before' : 'after'} ${tag}${count > 0.8 * sum(counts) ? ' sure' : ''} ${bin(sum(counts))}`];
  });
}

/** The labels of a sentence by the phrases of `known`. */
function labels(all: Sentences, known: Sentences, { tokens }: TrainingInput): string[] {
  const phrases = known.flatMap(({ tokens: words, entities = [] }) =>
    entities
      .filter(({ start, end }) => end - start <= 6)
      .map(({ start, end, type }): Pair => [words.slice(start, end).map(normal).join(' '), type]),
  );
  const outside = pairsOf(known, normal, 'IO').filter(([, tag]) => tag === 'O');
  const found = new Array<string>(tokens.length).fill('none');
  for (let length = 6; length >= 1; length--) {
    for (let start = 0; start + length <= tokens.length; start++) {
      const key = tokens
        .slice(start, start + length)
        .map(normal)
        .join(' ');
      const counts = tagCounts(phrases, key, typesIn(all));
      if (counts.length === 0 || found.slice(start, start + length).some((label) => label !== 'none')) continue;
      if (length === 1 && outside.filter(([word]) => word === key).length > 3 * sum(counts)) continue;
      const type = commonest(counts)[0] + (counts.length > 1 ? '?' : '') + (length > 1 ? '+' : '');
      for (let i = 0; i < length; i++) {
        found[start + i] = `${length === 1 ? 'S' : i === 0 ? 'B' : i === length - 1 ? 'E' : 'I'}-${type}`;
      }
    }
  }
  return found;
}

/** The label of the token first, then those of its word elsewhere in the document. */
export function mention(all: Sentences, known: Sentences, document: Sentences, s: number, t: number): string[] {
  const every = document.flatMap((sentence, i) =>
    labels(all, known, sentence).map((label, j) => ({ label, word: sentence.tokens[j].toLowerCase(), i, j })),
  );
  const word = document[s].tokens[t].toLowerCase();
  const own = every.find(({ i, j }) => i === s && j === t)?.label ?? '';
  const rank = (label: string): number => labelOrder(typesIn(all)).indexOf(label);
  const others = every.filter((one) => one.word === word && (one.i !== s || one.j !== t)).map(({ label }) => label);
  const counts = [...new Set(others)].map((label) => ({ label, count: others.filter((one) => one === label).length }));
  counts.sort((a, b) => b.count - a.count || rank(a.label) - rank(b.label));
  const elsewhere = /^[a-z]/i.test(word) ? counts.slice(0, 3).map(({ label }) => `elsewhere ${label}`) : [];
  return [own, ...elsewhere];
}

function labelOrder(types: readonly string[]): string[] {
  const places = (type: string) => ['B', 'I', 'E', 'S'].map((place) => `${place}-${type}`);
  return ['none', ...types.flatMap((type) => [type, `${type}+`, `${type}?`, `${type}?+`].flatMap(places))];
}
