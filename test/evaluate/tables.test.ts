import { describe, expect, it } from '@jest/globals';
import { detailsOf } from '../../src/evaluate/details.js';
import { score } from '../../src/evaluate/score.js';
import { knownEntities } from '../../src/evaluate/seen.js';
import { detailLines } from '../../src/evaluate/tables.js';
import { parseColumns } from '../support/conlleval.js';

const TEXT = `Ana B-PER B-PER
Paz I-PER I-PER
left O O
Oslo B-LOC B-ORG

Oslo B-LOC B-ORG
and O B-PER
Rio B-LOC B-LOC
Bay I-LOC O

Rio B-LOC O
`;

function linesFor(text: string, training?: Parameters<typeof detailsOf>[1]): string[] {
  const sentences = parseColumns(text, 'trip.txt');
  return detailLines(score(sentences), detailsOf(sentences, training));
}

describe('detailLines', () => {
  it('shows counts, confusion, seen and unseen, and errors as tables', () => {
    const training = knownEntities([{ tokens: ['Ana', 'Paz'], tags: ['B-PER', 'I-PER'] }]);
    expect(linesFor(TEXT, training)).toEqual([
      'Entities by type (TP correct, FP made up, FN missed; %)',
      'type                   TP  FP  FN  precision  recall     F1',
      'LOC                     0   1   4       0.00    0.00   0.00',
      'ORG                     0   2   0       0.00    0.00   0.00',
      'PER                     1   1   0      50.00  100.00  66.67',
      'all (micro)             1   4   4      20.00   20.00  20.00',
      'mean of types (macro)                  16.67   33.33  22.22',
      '',
      'Confusion of types (rows gold, columns predicted, for equal spans; boundary: same type, overlapping span)',
      '          LOC  ORG  PER  boundary  missed',
      'LOC         0    2    0         1       1',
      'ORG         0    0    0         0       0',
      'PER         0    0    1         0       0',
      'spurious    0    0    1',
      '',
      'Entities seen in training with the same type, and unseen (%)',
      '        gold  predicted  correct  precision  recall      F1',
      'seen       1          1        1     100.00  100.00  100.00',
      'unseen     4          4        0       0.00    0.00    0.00',
      '',
      'Most frequent errors',
      'count  kind      gold           predicted   first at',
      '    2  type      Oslo (LOC)     Oslo (ORG)  trip.txt:4, trip.txt:6',
      '    1  boundary  Rio Bay (LOC)  Rio (LOC)   trip.txt:8',
      '    1  spurious  -              and (PER)   trip.txt:7',
      '    1  missed    Rio (LOC)      -           trip.txt:11',
    ]);
  });

  it('says that there are no entities and no errors', () => {
    expect(linesFor('a O O\n')).toEqual(expect.arrayContaining(['no entities', 'none']));
  });

  it('says that an error was made at more places than it shows', () => {
    const lines = linesFor('Rio B-LOC O\n\n'.repeat(6));
    expect(lines[lines.length - 1]).toMatch(/^ {4}6 {2}missed .*trip\.txt:9, …$/);
  });

  it('shows the twenty most frequent errors', () => {
    const lines = linesFor(Array.from({ length: 30 }, (_, i) => `w${i} B-LOC O\n`).join(''));
    expect(lines.filter((line) => /^ {4}1 {2}missed/.test(line))).toHaveLength(20);
  });

  it('cuts the confusion table to the twelve most frequent types, in order of code points', () => {
    const rare = Array.from({ length: 14 }, (_, i) => `w B-T${i} O\n`).join('');
    const lines = linesFor(`${rare}w B-T9 O\nw B-T13 B-T12\n`);
    const header = lines.find((line) => line.includes('boundary  missed')) ?? '';
    expect(header.trim().split(/ +/)).toEqual([
      'T0',
      'T1',
      'T10',
      'T11',
      'T12',
      'T13',
      'T2',
      'T3',
      'T4',
      'T5',
      'T6',
      'T9',
      'boundary',
      'missed',
    ]);
    expect(lines).toContain('(the 2 rarest types are not shown)');
  });

  it('keeps a token that holds an escape sequence from reaching the terminal', () => {
    expect(linesFor('\u001b[2J B-LOC O\n').join('\n')).not.toContain('\u001b');
  });
});
