import { describe, expect, it } from '@jest/globals';
import { cutDocuments, documentRule } from '../../src/encode/documents.js';

const sentences = (marks: string) => [...marks].map((mark, i) => ({ i, startsDocument: mark === 'D' }));
const cut = (marks: string, rule: Parameters<typeof cutDocuments>[1]) =>
  cutDocuments(sentences(marks), rule).map((document) => document.map(({ i }) => i));

describe('what a model takes for a document', () => {
  it('follows the marks of the training part, else the number of sentences, else is nothing', () => {
    expect(documentRule(sentences('D..'), 15)).toBe('marked');
    expect(documentRule(sentences('...'), 15)).toBe(15);
    expect(documentRule(sentences('...'), 0)).toBe('none');
  });

  it('begins at marks; what stands before the first stands alone', () => {
    expect(cut('D..D.DD', 'marked')).toEqual([[0, 1, 2], [3, 4], [5], [6]]);
    expect(cut('..D.', 'marked')).toEqual([[0], [1], [2, 3]]);
    expect(cut('...', 'marked')).toEqual([[0], [1], [2]]);
  });

  it('is so many sentences whatever the marks, or one', () => {
    expect(cut('D.D..', 2)).toEqual([[0, 1], [2, 3], [4]]);
    expect(cut('D.', 'none')).toEqual([[0], [1]]);
    expect(cut('', 'marked')).toEqual([]);
  });
});
