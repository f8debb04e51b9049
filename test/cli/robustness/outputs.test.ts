import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, lstat, mkdir, readdir, stat, symlink } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BINARY, type Outcome, runBinary } from '../../support/cli.js';
import { QUICK, TINY, Workspace } from '../../support/small_model.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('tiny.txt', TINY);
  await workspace.learnByHeart('tiny.txt', 'model.json');
});
afterAll(() => workspace.remove());

const run = (args: readonly string[]): Promise<Outcome> => runBinary(args, { cwd: workspace.folder });
const trainInto = (output: string, ...more: string[]): Promise<Outcome> =>
  run(['train', 'tiny.txt', '-o', output, ...QUICK, ...more]);

/** Runs a line of shell in which `$ner` is the program. */
function shell(script: string): { code: number | null; stdout: string; stderr: string } {
  const env = { PATH: process.env.PATH, node: process.execPath, binary: BINARY };
  const ner = `ner() { "$node" "$binary" "$@"; }; ${script}`;
  const settings = { cwd: workspace.folder, env, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', ner], settings);
  return { code: status, stdout, stderr };
}

/** A user who may write nowhere, where root can be one; root may write anywhere. */
const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
const canRunAsOther = spawnSync(process.execPath, [BINARY, '--version'], nobody).status === 0;
const whereRefused = canRunAsOther ? it : it.skip;
const linux = process.platform === 'linux' ? it : it.skip;

/** A tmpfs of 64 KiB can be mounted where the system lets a user (or root) have a mount namespace. */
const MOUNTED = 'mount -t tmpfs -o size=64k none full';
const ROOM = ['unshare', '--map-root-user', '--mount', 'bash', '-c'];
const canMount = spawnSync(ROOM[0], [...ROOM.slice(1), 'mount -t tmpfs -o size=64k none /tmp']).status === 0;
const whereMountable = canMount ? it : it.skip;

describe('a model that cannot be written', () => {
  whereRefused('into a read-only folder is refused before training', async () => {
    await mkdir(workspace.path('locked'));
    await chmod(workspace.path('locked'), 0o555);
    await chmod(workspace.folder, 0o755);
    const args = [BINARY, 'train', 'tiny.txt', '-o', 'locked/m.json', ...QUICK];
    const { status, stderr } = spawnSync(process.execPath, args, {
      ...nobody,
      cwd: workspace.folder,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([1, 'ner: locked/m.json: permission denied\n']);
    expect(await readdir(workspace.path('locked'))).toEqual([]);
  });

  it('to a folder is refused before training', async () => {
    await mkdir(workspace.path('folder'), { recursive: true });
    expect(await trainInto('folder')).toEqual({ code: 1, stdout: '', stderr: 'ner: folder: is a directory\n' });
  });

  it('below a file is refused before training', async () => {
    const { code, stderr } = await trainInto('tiny.txt/m.json');
    expect([code, stderr]).toEqual([1, 'ner: tiny.txt/m.json: a part of this path is not a directory\n']);
  });

  linux('into /proc ends the run without a claim that it is there', async () => {
    const { code, stderr } = await trainInto('/proc/model.json');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^ner: \/proc\/model\.json: (no such file|permission denied)$/m);
    expect(stderr).not.toMatch(/holds the model| {4}at /);
  });

  linux('to a full device ends the run with its name', async () => {
    const { code, stderr } = await trainInto('/dev/full');
    expect(code).toBe(1);
    expect(stderr).toMatch(/ner: \/dev\/full: no space left on device\n$/);
  });

  linux('of its result, to a full device, leaves the model that was finished', async () => {
    const training = [
      'train',
      'tiny.txt',
      '-o',
      'finished.json',
      '--epochs',
      '2',
      '--preset',
      'textbook',
      '--hidden',
      '8',
      '--json',
    ];
    expect((await workspace.run(training)).code).toBe(0);
    const finished = await workspace.read('finished.json');
    const { code, stderr } = shell(`ner ${training.join(' ')} > /dev/full`);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /\nfinished\.json holds the model of epoch \d\nner: standard output: no space left on device\n$/,
    );
    expect(await workspace.read('finished.json')).toBe(finished);
  });

  whereMountable('to a full disk leaves the old model and no temporary file (needs a mount namespace)', () => {
    const script = `mkdir -p full; ${MOUNTED}; cp model.json full/m.json; head -c 60000 /dev/zero > full/rest 2> /dev/null
      "$0" "$1" train tiny.txt -o full/m.json --hidden 64 --epochs 1; echo "code $?"
      cmp model.json full/m.json && ls -A full`;
    const [command, ...args] = [...ROOM, script, process.execPath, BINARY];
    const { stdout, stderr } = spawnSync(command, args, { cwd: workspace.folder, encoding: 'utf8' });
    expect(stderr).toMatch(/^ner: full\/m\.json: no space left on device$/m);
    expect(stderr).not.toContain('holds the model');
    expect(stdout).toBe('code 1\nm.json\nrest\n');
  });

  linux('leaves the text for a full standard output, with a message', () => {
    const { code, stderr } = shell('ner tag --model model.json Ada > /dev/full');
    expect([code, stderr]).toEqual([1, 'ner: standard output: no space left on device\n']);
  });
});

describe('a history that cannot be written', () => {
  it('ends the run before it trains', async () => {
    const { code, stderr } = await trainInto('unwritten.json', '--history', 'tiny.txt/h.jsonl');
    expect(code).toBe(1);
    expect(stderr).toContain('ner: tiny.txt/h.jsonl: a part of this path is not a directory');
    expect(existsSync(workspace.path('unwritten.json'))).toBe(false);
  });
});

describe('a model written elsewhere than to a file', () => {
  it('to standard output is whole, and all else on standard error', async () => {
    for (const name of ['-', '/dev/stdout']) {
      const { code, stdout } = await trainInto(name);
      await workspace.write('piped.json', stdout);
      expect([code, (await run(['inspect', 'piped.json'])).code]).toEqual([0, 0]);
    }
  });

  linux('to /dev/null is done without replacing the device', async () => {
    expect((await trainInto('/dev/null')).code).toBe(0);
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  });

  linux('to a named pipe is read whole by its reader', () => {
    execFileSync('mkfifo', [workspace.path('pipe')]);
    const { stdout } = shell(`cat pipe > read.json & ner train tiny.txt -o pipe ${QUICK.join(' ')} 2> /dev/null
      wait; ner inspect read.json > /dev/null; echo $?`);
    expect(stdout).toBe('0\n');
  });

  it('through a symbolic link replaces what the link leads to', async () => {
    await mkdir(workspace.path('real'), { recursive: true });
    await symlink('real/target.json', workspace.path('link.json'));
    expect((await trainInto('link.json')).code).toBe(0);
    expect((await lstat(workspace.path('link.json'))).isSymbolicLink()).toBe(true);
    expect((await run(['inspect', 'real/target.json'])).code).toBe(0);
  });

  it('into folders that are not there yet makes them', async () => {
    expect((await trainInto('a/b/m.json')).code).toBe(0);
    expect((await run(['inspect', 'a/b/m.json'])).code).toBe(0);
  });
});

describe('a reader that closes the pipe', () => {
  it.each([
    ['tag', 'yes "Ada left Oslo" | head -n 20000 | ner tag --model model.json', 'Ada\tB-PER\n'],
    ['vocab', 'ner vocab big.txt --json --limit 0', '{'],
    ['inspect', 'ner inspect model.json --weights U', ''],
    ['train', `ner train tiny.txt -o - ${QUICK.join(' ')} 2> /dev/null`, '{"format":"ner-model",\n'],
  ])('ends %s quietly and well', async (_name, command, first) => {
    const words = Array.from({ length: 20_000 }, (_, i) => `word${i} O\n\n`).join('');
    await workspace.write('big.txt', `${words}Ada B-PER\n`);
    const { stdout, stderr } = shell(`${command} | head -n 1; echo "codes \${PIPESTATUS[*]}"`);
    expect(stdout.startsWith(first)).toBe(true);
    expect(stdout).toMatch(/codes (\d+ )*0 0\n$/);
    expect(stderr).toBe('');
  });

  it('ends tag while its input is still open', async () => {
    const child = spawn(process.execPath, [BINARY, 'tag', '--model', 'model.json'], { cwd: workspace.folder });
    const closed = new Promise((resolve) => child.on('close', resolve));
    child.stdin.on('error', () => {});
    child.stdout.destroy();
    const timer = setInterval(() => child.stdin.write('Ada left Oslo\n'), 20);
    expect(await closed).toBe(0);
    clearInterval(timer);
  });
});
