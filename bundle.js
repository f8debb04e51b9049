/**
 * Bundles the command line and the packages it uses into dist/cli, as few files start faster than many. All of them end
 * up side by side in that folder, so that an address relative to `import.meta.url` holds wherever its code goes.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** The files of src/cli that are started by their address: dist/cli/NAME.js. What threads run belongs here. */
const ENTRIES = ['main'];
const FOLDER = 'dist/cli';

const { metafile } = await build({
  entryPoints: ENTRIES.map((name) => `src/cli/${name}.ts`),
  outdir: FOLDER,
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // the CommonJS packages among them ask for Node's modules by `require`
  banner: { js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
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
