import type { ChalkInstance } from 'chalk';
import type { FoundEntity } from '../model/tagger.js';
import { formatRow } from '../text/columns.js';
import { formatInline } from '../text/inline.js';
import { formatJsonLine, type OffsetUnit } from '../text/jsonl.js';
import type { TextSentence } from '../text/sentence.js';
import { type Scheme, tagsOf } from '../text/tags.js';
import { visible } from '../text/visible.js';

export const FORMATS = ['pretty', 'inline', 'tsv', 'jsonl'] as const;
export type Format = (typeof FORMATS)[number];

/** A text, the sentences it was cut into, and the entities of each. */
export interface TaggedText {
  readonly text: string;
  readonly sentences: readonly { readonly sentence: TextSentence; readonly entities: readonly FoundEntity[] }[];
}

export interface FormatSettings {
  readonly scheme: Scheme;
  readonly probabilities: boolean;
  readonly offsets: OffsetUnit;
  readonly chalk: ChalkInstance;
}

/** Writes a tagged text, line ends included. */
export type Formatter = (tagged: TaggedText) => string;

export function createFormatter(format: Format, settings: FormatSettings): Formatter {
  switch (format) {
    case 'pretty':
      return prettyFormatter(settings);
    case 'inline':
      return (tagged) => `${formatInline(tagged.text, labelled(tagged, settings))}\n`;
    case 'tsv':
      return (tagged) => formatTsv(tagged, settings);
    case 'jsonl':
      return (tagged) => formatJsonl(tagged, settings);
  }
}

interface TextEntity {
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly probability: number;
}

/** Entities by their places in the text, in UTF-16 units. */
function textEntities({ sentences }: TaggedText): TextEntity[] {
  return sentences.flatMap(({ sentence: { spans }, entities }) =>
    entities.map(({ start, end, type, probability }) => ({
      start: spans[start].start,
      end: spans[end - 1].end,
      type,
      probability,
    })),
  );
}

/** Entities whose types carry the probability where it is asked for: `PER 0.98`. */
function labelled(tagged: TaggedText, { probabilities }: FormatSettings): TextEntity[] {
  const entities = textEntities(tagged);
  if (!probabilities) return entities;
  return entities.map((entity) => ({ ...entity, type: `${entity.type} ${entity.probability.toFixed(2)}` }));
}

/** A token and its tag a line, an empty line after each sentence; O tokens have `_` for a probability. */
function formatTsv({ sentences }: TaggedText, { scheme, probabilities }: FormatSettings): string {
  let out = '';
  for (const { sentence, entities } of sentences) {
    const tags = tagsOf(entities, sentence.tokens.length, scheme);
    const probability = new Array<string>(tags.length).fill('_');
    for (const entity of entities) probability.fill(entity.probability.toFixed(4), entity.start, entity.end);
    sentence.tokens.forEach((token, t) => {
      out += `${formatRow(probabilities ? [token, tags[t], probability[t]] : [token, tags[t]])}\n`;
    });
    out += '\n';
  }
  return out;
}

function formatJsonl(tagged: TaggedText, { probabilities, offsets }: FormatSettings): string {
  const entities = textEntities(tagged).map(({ start, end, type, probability }) => {
    // Four digits are more than any calibration supports, and keep the lines short.
    return probabilities ? { start, end, type, probability: Number(probability.toFixed(4)) } : { start, end, type };
  });
  return `${formatJsonLine(tagged.text, entities, offsets)}\n`;
}

const COLOURS = ['cyan', 'yellow', 'green', 'magenta', 'blue', 'red'] as const;

/** The text with its entities in colour, or in brackets where there are no colours. */
function prettyFormatter(settings: FormatSettings): Formatter {
  const { chalk } = settings;
  if (chalk.level === 0) return (tagged) => `${formatInline(tagged.text, labelled(tagged, settings))}\n`;
  const colourOf = new Map<string, (typeof COLOURS)[number]>();
  return (tagged) => {
    let out = '';
    let at = 0;
    const labels = labelled(tagged, settings);
    textEntities(tagged).forEach(({ start, end, type }, i) => {
      const colour = colourOf.get(type) ?? COLOURS[colourOf.size % COLOURS.length];
      colourOf.set(type, colour);
      const paint = chalk[colour];
      out += visible(tagged.text.slice(at, start));
      out += `${paint.bold.underline(visible(tagged.text.slice(start, end)))} ${paint(visible(labels[i].type))}`;
      at = end;
    });
    return `${out}${visible(tagged.text.slice(at))}\n`;
  };
}
