import { describe, expect, it } from '@jest/globals';
import { codeOf, fileError } from '../../src/cli/fail.js';
import { DataError } from '../../src/errors.js';
import { systemError } from '../support/system_error.js';

describe('fileError', () => {
  it('names the file as the user wrote it, and keeps the cause', () => {
    const cause = systemError('ENOENT', '/data/x.tsv');
    expect(fileError(cause, 'data/x.tsv')).toMatchObject({ message: 'data/x.tsv: no such file', cause });
  });

  it('shows an empty name', () => {
    expect(fileError(systemError('ENOENT'), '')).toMatchObject({ message: '"": no such file' });
  });

  it('leaves other errors as they are', () => {
    const others = [new TypeError('t'), new DataError('d'), Object.assign(new Error('e'), { code: 'ERR_OTHER' })];
    for (const other of others) expect(fileError(other, 'x')).toBe(other);
  });
});

describe('codeOf', () => {
  it('is undefined for what has no code of text', () => {
    for (const thrown of [undefined, null, 'ENOENT', { code: 2 }, new Error('e')])
      expect(codeOf(thrown)).toBeUndefined();
  });
});
