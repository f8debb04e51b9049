import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { taggedBlock } from '../../src/cli/tagged_block.js';
import { DataError } from '../../src/errors.js';

const text = ({ output }: { readonly output: Uint8Array }): string => new TextDecoder().decode(output);

it('a block is the bytes of its parts, whatever their characters', () => {
  const parts = fc.array(fc.string({ unit: 'grapheme', maxLength: 50 }), { maxLength: 20 });
  fc.assert(fc.property(parts, (list) => expect(text(taggedBlock(list))).toBe(list.join(''))));
});

it('a block has room for parts that are longer than most', () => {
  const long = ['é€😀'.repeat(30_000), 'x'.repeat(700_000), '😀'.repeat(90_000)];
  expect(text(taggedBlock(long))).toBe(long.join(''));
});

it('a block has all parts before an error that a user can mend, and other errors are thrown', () => {
  function* failing(error: Error): Generator<string> {
    yield 'before\n';
    throw error;
  }
  const block = taggedBlock(failing(new DataError('bad row')));
  expect(text(block)).toBe('before\n');
  expect(block.error).toMatchObject({ type: 'DataError', message: 'bad row' });
  expect(() => taggedBlock(failing(new TypeError('a bug')))).toThrow('a bug');
});
