/**
 * Bundles the command line, with the packages it uses, into one file: that starts faster than many do. What a command
 * imports when it is called is still only run then.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Files of src/cli that are started by their address, each whole in itself: dist/cli/NAME.js. What threads run belongs here. */
const ENTRIES = ['main', 'eval_worker', 'tag_worker', 'train_worker'];
const FOLDER = 'dist/cli';

/**
 * Node's modules are loaded by those of ours that use them, when they run: an import statement would load all of them at
 * once, and touch every export, which for `process` opens the standard streams.
 */
const builtins = {
  name: 'builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ path }) => (isBuiltin(path) ? { path, namespace: 'builtin' } : undefined));
    onLoad({ filter: /./, namespace: 'builtin' }, ({ path }) => {
      // commander has it for commands that are programs of their own, of which there are none here
      return {
        contents: path === 'node:child_process' ? '' : `module.exports = requireBuiltin(${JSON.stringify(path)})`,
      };
    });
  },
};

const { metafile } = await build({
  entryPoints: ENTRIES.map((name) => `src/cli/${name}.ts`),
  outdir: FOLDER,
  bundle: true,
  minifyWhitespace: true, // most of the packages' text is comments
  minifySyntax: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  plugins: [builtins],
  banner: {
    js: "import { createRequire } from 'node:module';\nconst requireBuiltin = createRequire(import.meta.url);",
  },
  legalComments: 'none', // the licences stand in a file of their own
  metafile: true,
});
writeFileSync(`${FOLDER}/LICENSES.txt`, licences(Object.keys(metafile.inputs)));

/** The licences of the packages that the given files belong to. Throws where a package has none. */
function licences(files) {
  const folders = files.flatMap((file) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders)].sort().map(licence).join('\n');
}

function licence(folder) {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no licence file`);
  return `${name} ${version}\n\n${readFileSync(join(folder, file), 'utf8')}`;
}
