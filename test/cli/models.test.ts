import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TINY, Workspace } from '../support/small_model.js';

const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));

let workspace: Workspace;
beforeAll(async () => {
  workspace = await Workspace.create();
  await workspace.write('tiny.txt', TINY);
  for (const name of ['flag', 'variable', 'here']) await workspace.learnByHeart('tiny.txt', `${name}.json`);
});
afterAll(() => workspace.remove());

/** The model that inspect shows, and what it says on standard error. */
async function chosen(args: string[], env: Record<string, string> = {}): Promise<{ file: string; stderr: string }> {
  const { code, stdout, stderr } = await workspace.run(['inspect', '--json', ...args], { env });
  if (code !== 0) throw new Error(stderr);
  return { file: JSON.parse(stdout).model.file, stderr };
}

describe('the model', () => {
  it('is that of the call, else of $NER_MODEL, else models/ner.json here, each without a word', async () => {
    await mkdir(workspace.path('models'));
    await cp(workspace.path('here.json'), workspace.path('models/ner.json'));
    const env = { NER_MODEL: 'variable.json' };
    expect(await chosen(['flag.json'], env)).toEqual({ file: 'flag.json', stderr: '' });
    expect(await chosen([], env)).toEqual({ file: 'variable.json', stderr: '' });
    expect(await chosen([], { NER_MODEL: '' })).toEqual({ file: 'models/ner.json', stderr: '' });
    await rm(workspace.path('models'), { recursive: true });
  });

  it('that is named and not there is a missing file, not passed over', async () => {
    const { code, stderr } = await workspace.run(['tag', 'x'], { env: { NER_MODEL: 'none.json' } });
    const where = 'warning the model is that of $NER_MODEL: none.json\n';
    expect([code, stderr]).toEqual([1, `${where}ner: none.json: no such file\n`]);
  });

  it('is the bundled one where there is no other, and named', async () => {
    const { file, stderr } = await chosen([]);
    expect(file).toBe(join(PACKAGE, 'models/english.json'));
    expect(stderr).toMatch(/^ner: no model of your own found, using the bundled .*models\/english\.json\n$/);
  });

  it('is nowhere in a package without one: exit code 2 and the places looked at', async () => {
    const bare = workspace.path('package');
    for (const part of ['bin', 'dist', 'package.json'])
      await cp(join(PACKAGE, part), join(bare, part), { recursive: true });
    await symlink(join(PACKAGE, 'node_modules'), join(bare, 'node_modules'));
    for (const args of [['tag', 'Ada'], ['inspect'], ['eval', 'tiny.txt']]) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(bare, 'bin/ner.js'), ...args], {
        cwd: workspace.folder,
        env: { PATH: process.env.PATH },
        encoding: 'utf8',
      });
      expect(stderr).toMatch(
        /^ner: there is no model\nhint: looked at --model, \$NER_MODEL \(not set\), models\/ner\.json and /,
      );
      expect(stderr).toContain('package/models/english.json; `ner train CORPUS` makes one\n');
      expect([status, stdout]).toEqual([2, '']);
    }
    expect(existsSync(join(bare, 'models'))).toBe(false);
  });
});
