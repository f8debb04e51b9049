import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkWritable, readBytes, readChunks, refuseOverwriting, writeAtomically } from '../../src/cli/files.js';
import { DataError } from '../../src/errors.js';
import { recordingStreams } from '../support/cli.js';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
const unlessRoot = process.getuid?.() === 0 ? it.skip : it;

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'ner-files-'));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

const here = (stdin: string | Uint8Array[] = '') => recordingStreams({ cwd, stdin }).streams;

describe('reading', () => {
  it('gives the bytes of a file named relative to the folder', async () => {
    await writeFile(join(cwd, 'a.txt'), 'Łódź\r\n');
    expect(text(await readBytes('a.txt', here()))).toBe('Łódź\r\n');
  });

  it('gives all of standard input for -', async () => {
    const halves = [Buffer.from([0xc5]), Buffer.from([0x81, 0x6f])];
    expect(text(await readBytes('-', here(halves)))).toBe('Ło');
  });

  it.each([
    ['none.txt', 'none.txt: no such file'],
    ['.', '.: is a directory'],
    ['a.txt/b', 'a.txt/b: a part of this path is not a directory'],
  ])('%s fails with the name as written', async (name, message) => {
    await writeFile(join(cwd, 'a.txt'), '');
    await expect(readBytes(name, here())).rejects.toThrow(message);
    await expect(readChunks(name, here()).next()).rejects.toThrow(message);
  });

  it('streams a file in pieces that make up the whole', async () => {
    const content = Buffer.alloc(300_000, 'abcdefg');
    await writeFile(join(cwd, 'big'), content);
    const pieces: Uint8Array[] = [];
    for await (const piece of readChunks('big', here())) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(1);
    expect(Buffer.concat(pieces).equals(content)).toBe(true);
  });

  it('names standard input where reading it fails', async () => {
    const stdin = {
      isTTY: false,
      [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(Object.assign(new Error('e'), { code: 'EISDIR' })) }),
    };
    await expect(readBytes('-', { ...here(), stdin })).rejects.toThrow('standard input: is a directory');
  });

  it('stops reading when its reader stops', async () => {
    let closed = false;
    const source = async function* () {
      try {
        for (;;) yield Buffer.from('x');
      } finally {
        closed = true;
      }
    };
    const stdin = { isTTY: false, [Symbol.asyncIterator]: source };
    for await (const _ of readChunks('-', { ...here(), stdin })) break;
    expect(closed).toBe(true);
  });
});

describe('writeAtomically', () => {
  it('writes the pieces, text and bytes, one after the other', async () => {
    await writeAtomically('m.json', ['Ł', Buffer.from('o'), 'd'], here());
    expect(await readFile(join(cwd, 'm.json'), 'utf8')).toBe('Łod');
  });

  it('makes missing folders', async () => {
    await writeAtomically('a/b/m.json', ['x'], here());
    expect(await readFile(join(cwd, 'a/b/m.json'), 'utf8')).toBe('x');
  });

  it('leaves nothing else in the folder', async () => {
    await writeAtomically('m.json', ['x'], here());
    expect(await readdir(cwd)).toEqual(['m.json']);
  });

  it('replaces a file: whoever has the old one open goes on reading the old content', async () => {
    await writeFile(join(cwd, 'm.json'), 'old');
    const before = await stat(join(cwd, 'm.json'));
    await writeAtomically('m.json', ['new'], here());
    expect((await stat(join(cwd, 'm.json'))).ino).not.toBe(before.ino);
    expect(await readFile(join(cwd, 'm.json'), 'utf8')).toBe('new');
  });

  it('shows a temporary file of a telling name, and the old content, until all is written', async () => {
    await writeFile(join(cwd, 'm.json'), 'old');
    const seen: string[] = [];
    const pieces = function* () {
      yield 'new';
      seen.push(...execFileSync('ls', ['-A', cwd], { encoding: 'utf8' }).trim().split('\n').sort());
      seen.push(execFileSync('cat', [join(cwd, 'm.json')], { encoding: 'utf8' }));
      yield '!';
    };
    await writeAtomically('m.json', pieces(), here());
    expect(seen).toEqual([expect.stringMatching(/^\.m\.json\.[0-9a-f]{12}\.tmp$/), 'm.json', 'old']);
    expect(await readFile(join(cwd, 'm.json'), 'utf8')).toBe('new!');
  });

  it('keeps the permissions of an existing file, whatever the umask', async () => {
    await writeFile(join(cwd, 'm.json'), 'old');
    for (const mode of [0o600, 0o666]) {
      await chmod(join(cwd, 'm.json'), mode);
      await writeAtomically('m.json', ['new'], here());
      expect((await stat(join(cwd, 'm.json'))).mode & 0o777).toBe(mode);
    }
  });

  it('gives a new file the permissions that any new file gets', async () => {
    await writeFile(join(cwd, 'plain'), '');
    await writeAtomically('m.json', ['x'], here());
    expect((await stat(join(cwd, 'm.json'))).mode).toBe((await stat(join(cwd, 'plain'))).mode);
  });

  it('knows a file that is not there yet by the names of its folder too', async () => {
    await mkdir(join(cwd, 'folder-of-it'));
    await symlink('folder-of-it', join(cwd, 'linked'));
    const written = ['linked/new.json', 'folder-of-it/new.json'];
    await expect(refuseOverwriting([], written, here())).rejects.toThrow(
      'folder-of-it/new.json is read from, or written to, already: name another file',
    );
    await expect(refuseOverwriting([], ['linked/a/b', 'folder-of-it/a/c'], here())).resolves.toBeUndefined();
  });

  it('writes what a symbolic link leads to, through two links and folders, and keeps the link', async () => {
    await mkdir(join(cwd, 'real/deep'), { recursive: true });
    await symlink('real/deep', join(cwd, 'folder'));
    await symlink('../second', join(cwd, 'real/deep/first'));
    await symlink('deep/m.json', join(cwd, 'real/second'));
    for (const content of ['created', 'replaced']) {
      await writeAtomically('folder/first', [content], here());
      expect(await readFile(join(cwd, 'real/deep/m.json'), 'utf8')).toBe(content);
    }
    expect(await readlink(join(cwd, 'real/deep/first'))).toBe('../second');
    expect((await readdir(join(cwd, 'real/deep'))).sort()).toEqual(['first', 'm.json']);
  });

  it('keeps the old content and removes the temporary file when making the new content fails', async () => {
    await writeFile(join(cwd, 'm.json'), 'old');
    const pieces = function* () {
      yield 'half of';
      throw new DataError('no more');
    };
    await expect(writeAtomically('m.json', pieces(), here())).rejects.toThrow(DataError);
    expect(await readFile(join(cwd, 'm.json'), 'utf8')).toBe('old');
    expect(await readdir(cwd)).toEqual(['m.json']);
  });

  it('writes to standard output for - and its other names', async () => {
    for (const name of ['-', '/dev/stdout', '/dev/fd/1', '/proc/self/fd/1']) {
      const { streams, written } = recordingStreams({ cwd });
      await checkWritable(name, streams);
      await writeAtomically(name, ['a', 'b'], streams);
      expect(written.stdout).toBe('ab');
    }
  });

  it('writes straight to a device', async () => {
    await writeAtomically('/dev/null', ['x'], here());
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  });

  it('writes straight to a named pipe', async () => {
    execFileSync('mkfifo', [join(cwd, 'pipe')]);
    const [content] = await Promise.all([readFile(join(cwd, 'pipe'), 'utf8'), writeAtomically('pipe', ['x'], here())]);
    expect(content).toBe('x');
    expect((await stat(join(cwd, 'pipe'))).isFIFO()).toBe(true);
  });

  it('takes a name as long as the file system does', async () => {
    const name = 'अ'.repeat(85);
    await writeAtomically(name, ['x'], here());
    expect(await readdir(cwd)).toEqual([name]);
  });
});

describe('what cannot be written', () => {
  beforeEach(async () => {
    await mkdir(join(cwd, 'folder'));
    await writeFile(join(cwd, 'file'), '');
    await symlink('loop', join(cwd, 'loop'));
  });

  it.each([
    ['folder', 'folder: is a directory'],
    ['absent/', 'absent/: is a directory'],
    ['', '"": is a directory'],
    ['file/m.json', 'file/m.json: a part of this path is not a directory'],
    ['loop', 'loop: too many symbolic links'],
  ])('%j is refused by the check and by the writing alike, leaving no file', async (name, message) => {
    const before = await readdir(cwd, { recursive: true });
    await expect(checkWritable(name, here())).rejects.toThrow(message);
    await expect(writeAtomically(name, ['x'], here())).rejects.toThrow(message);
    expect(await readdir(cwd, { recursive: true })).toEqual(before);
  });

  unlessRoot('a read-only file stays as it is', async () => {
    await chmod(join(cwd, 'file'), 0o444);
    await expect(checkWritable('file', here())).rejects.toThrow('file: permission denied');
    await expect(writeAtomically('file', ['x'], here())).rejects.toThrow('file: permission denied');
  });

  unlessRoot('a read-only folder takes no file, nor a folder for one', async () => {
    await chmod(join(cwd, 'folder'), 0o555);
    for (const name of ['folder/m.json', 'folder/new/m.json']) {
      await expect(checkWritable(name, here())).rejects.toThrow(`${name}: permission denied`);
      await expect(writeAtomically(name, ['x'], here())).rejects.toThrow(`${name}: permission denied`);
    }
  });

  it('the check itself writes nothing', async () => {
    const before = await readdir(cwd, { recursive: true });
    for (const name of ['new.json', 'deep/er/new.json', 'file', '/dev/null']) await checkWritable(name, here());
    expect(await readdir(cwd, { recursive: true })).toEqual(before);
  });
});
