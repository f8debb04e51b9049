/**
 * Makes the bundled English model: `npx tsx models/english.ts CORPORA FOLDER`, after `npm run build`. CORPORA has folders of
 * corpora as their authors published them; the corpus made of them goes to FOLDER, the model to models/english.json.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCorpus } from '../src/text/corpus.js';
import { decodeLines } from '../src/text/lines.js';
import { type Entity, entitiesOf, tagsOf } from '../src/text/tags.js';

/** Files below CORPORA that it is trained on, and the one that its epoch and temperature are chosen on. */
const SOURCES = [
  'wikigold/wikigold.conll.txt',
  ...['a', 'b', 'e', 'f', 'g', 'h'].map((section) => `broad-twitter/${section}.conll`),
  'wnut17/wnut17train.conll',
  'wnut17/emerging.dev.conll',
];
const DEV = 'uner-ewt/en_ewt-ud-dev.iob2';

/** Sentences of this project, which begin with rare given names more often than text does. */
const OWN = pathOf('../data/corpus.tsv');

const ABOUT =
  'PER, ORG and LOC in English text, cased or not. Made from wikigold (Balasuriya et al., Named Entity Recognition in Wikipedia, 2009), ' +
  'the Broad Twitter Corpus (Derczynski et al., COLING 2016) and WNUT 2017 (Derczynski et al., Shared task on novel and emerging ' +
  'entity recognition), all CC BY 4.0, and from data/corpus.tsv of ner-trainer (MIT). Types mapped, some sentences lower-cased.';

/** Kinds without documents, so that single sentences do as well; every setting that differs from the preset `textbook`. */
const FEATURES = 'word,lower,prefix:1-4,suffix:1-4,shape,trigrams,mention,word-tags,form-tags,tag-place,sentence-case';
const SETTINGS = [
  ...['--preset', 'textbook', '--features', FEATURES, '--min-count', '3', '--scheme', 'BIOES', '--bidirectional'],
  ...['--hidden', '128', '--column-width', '56', '--output-layer', 'crf', '--initialisation', 'orthogonal'],
  ...['--table-deviation', '0.02', '--dropout-input', '0.4', '--dropout-states', '0.5', '--optimizer', 'adam'],
  ...['--table-optimizer', 'adagrad', '--adam-beta2', '0.99', '--epochs', '6', '--average-epochs', '3'],
  ...['--adversarial', '0.03', '--decision', 'entities', '--weight-format', 'int8'],
];

/** What the model calls the types of the corpora; others are no entities to it. */
const TYPES = new Map([
  ['PER', 'PER'],
  ['person', 'PER'],
  ['ORG', 'ORG'],
  ['corporation', 'ORG'],
  ['group', 'ORG'],
  ['LOC', 'LOC'],
  ['location', 'LOC'],
]);

interface Example {
  readonly tokens: readonly string[];
  readonly entities: readonly Entity[];
}

/** The documents of a file: what it marks, else each sentence. */
function documentsOf(path: string): Example[][] {
  const { sentences, documentStarts } = readCorpus(decodeLines(readFileSync(path), path), path);
  const starts = new Set(documentStarts);
  const documents: Example[][] = [];
  sentences.forEach(({ tokens, tags }, s) => {
    if (starts.size === 0 || starts.has(s)) documents.push([]);
    // some tweets have an empty token
    if (!tokens.includes(''))
      documents[documents.length - 1].push({ tokens, entities: entitiesOf(tags).flatMap(renamed) });
  });
  return documents;
}

function renamed(entity: Entity): Entity[] {
  const type = TYPES.get(entity.type);
  return type === undefined ? [] : [{ ...entity, type }];
}

/** A document with its sentences in lower case too, in the same document, so that neither tells of the other. */
function withLowerCase(document: readonly Example[]): readonly Example[] {
  return document.flatMap((example) => [example, lowerCased(example)]);
}

function lowerCased({ tokens, entities }: Example): Example {
  return { tokens: tokens.map((token) => token.toLowerCase()), entities };
}

/** A sentence whose persons have names that nobody has, their vowels `by` further on, so that form and place have to tell. */
function withStrangers({ tokens, entities }: Example, by: number): Example {
  const persons = entities.filter(({ type }) => type === 'PER');
  const isName = (t: number): boolean => persons.some(({ start, end }) => start <= t && t < end);
  return { tokens: tokens.map((token, t) => (isName(t) ? turned(token, by) : token)), entities };
}

function turned(name: string, by: number): string {
  return name.replace(/[aeiou]/gi, (vowel) => VOWELS[((VOWELS.indexOf(vowel) + by) % 5) + (vowel < 'a' ? 5 : 0)]);
}

const VOWELS = 'aeiouAEIOU';

/** Columns with a mark before each document. */
function columns(documents: readonly (readonly Example[])[]): string {
  return documents.map((document) => `-DOCSTART-\tO\n\n${document.map(sentenceColumns).join('')}`).join('');
}

function sentenceColumns({ tokens, entities }: Example): string {
  const tags = tagsOf(entities, tokens.length, 'IOB2');
  return `${tokens.map((token, t) => `${token}\t${tags[t]}\n`).join('')}\n`;
}

const [corpora, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const foreign = SOURCES.flatMap((file) => documentsOf(join(corpora, file)));
const documents = [
  ...foreign.map((document, place) => (place % 3 === 0 ? withLowerCase(document) : document)),
  ...documentsOf(OWN).map((document, place) => {
    const strange = document.map((example) => withStrangers(example, 1 + (place % 4)));
    return [...withLowerCase(document), ...withLowerCase(strange)];
  }),
];
const train = join(folder, 'english.tsv');
writeFileSync(train, columns(documents));
const madeFrom = [...SOURCES.map((file) => join(corpora, file)), OWN];
const outputs = ['-o', pathOf('english.json'), '--about', ABOUT, '--made-from', ...madeFrom];
const call = ['train', train, '--dev', join(corpora, DEV), ...SETTINGS, ...outputs];
process.exitCode = spawnSync(process.execPath, [pathOf('../bin/ner.js'), ...call], { stdio: 'inherit' }).status ?? 1;

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
