import { type machine, type Row, shown } from './measure.js';
import { CONTESTS, fastest, KINDS, NETWORKS, nameOf } from './summary.js';

/** All figures of a run. */
export interface Results extends ReturnType<typeof machine> {
  /** ISO 8601. */
  readonly date: string;
  readonly rows: readonly Row[];
}

/** Where a page on vectors of four or eight floats holds, and which page is on the others. */
const VECTORS = {
  8: 'On Node 24 and 26 with a processor that has AVX2; others have [vectors of four](performance_four.md).',
  4: 'On Node 20 and 22, or a processor without AVX2; on Node 24 and 26 [vectors of eight](performance.md) are faster.',
} as const;

const SECTIONS: readonly { readonly section: string; readonly title: string; readonly text: string }[] = [
  {
    section: 'threads',
    title: 'Two threads',
    text: `Whole epochs of training by the clock, our two threads beside our one, and beside PyTorch with two threads on
batches of like lengths.`,
  },
  {
    section: 'tagging',
    title: '`ner tag`',
    text: `Whole processes by the clock: start, reading a model of 128 Elman units and 20,000 words, reading the text, tagging,
and writing. CRFsuite, if there, reads and writes the same as a process of Python, and learns another model on the same corpus.
The last row is a cost: how many times as long as Node alone.`,
  },
  {
    section: 'end_to_end',
    title: '`ner train`',
    text: `One process with one thread under V8's profiler, on column files of the size and shape of CoNLL-2003's: reading and
encoding them, training, scoring the dev set after every epoch, and writing the model. The ratio is the share of WebAssembly
functions in all time that was not idle.`,
  },
  {
    section: 'vectors',
    title: 'Vectors of eight floats',
    text: `Whole processes on one core where V8 joins vectors, beside the same with \`NER_WIDE_VECTORS=0\`, as on Node 20 and 22. The models
are the same bytes.`,
  },
  {
    section: 'scaling',
    title: 'Sizes',
    text: `Training beside the same with another size. A step's cost depends on the words of its batch, not on the vocabulary;
what grows with it are misses of the caches and what an epoch does once with all weights.`,
  },
  {
    section: 'memory',
    title: 'Memory',
    text: `The most memory that \`ner train\` has, beyond what a network of one unit takes on the same corpus, beside what it
foretells before it begins ([footprint.ts](../src/train/footprint.ts)): with that it refuses what cannot fit.`,
  },
  {
    section: 'kernels',
    title: 'Kernels',
    text: `Multiplications and additions that the mathematics needs, beside the same in plain loops over typed arrays, and beside
the most that independent multiply-add chains reach in the same process with 128 bits and without FMA.`,
  },
];

/** The page of docs on the vectors that were measured. */
export function pageOf({ vectors }: Results): string {
  return vectors === 8 ? 'performance' : 'performance_four';
}

/** The text of that page. */
export function report(results: Results): string {
  const { date, cpu, cores, memory, node, platform, rows, vectors } = results;
  const found = SECTIONS.filter(({ section }) => rows.some((row) => row.section === section));
  return [
    `# Performance with vectors of ${vectors === 8 ? 'eight' : 'four'} floats

${VECTORS[vectors]}

Measured on ${date.slice(0, 10)} by \`npm run bench -- --write\`, which wrote this page, on ${cpu}, ${cores} cores,
${memory} GB, ${platform}, Node ${node.slice(1)}${libraries(rows)}. A ratio over 1 says that ours is better. Both sides of a ratio take turns in one
run, and it is the median over the rounds of the ratio within a round; nothing is timed before its results agree. Speeds differ from
machine to machine, ratios less. \`npm run bench -- --json\` gives the figures as data, \`npm run bench -- threads\` one section.

![Speed of training and inference beside PyTorch and TensorFlow.js](${pageOf(results)}.svg)
`,
    ...rivals(rows, vectors),
    ...found.map(({ section, title, text }) => `## ${title}\n\n${text}\n\n${plainTable(rows, section)}\n`),
  ].join('\n');
}

/** What the other libraries are, if there were any. */
function libraries(rows: readonly Row[]): string {
  const names = new Set(rows.flatMap(({ against }) => /^(PyTorch|TensorFlow\.js) [^ :,]+/.exec(against)?.[0] ?? []));
  return [...names].map((name) => `, ${name}`).join('');
}

function rivals(rows: readonly Row[], vectors: 4 | 8): string[] {
  const torch = rows.filter(({ section }) => section === 'torch');
  const tfjs = rows.filter(({ section }) => section === 'tfjs');
  if (torch.length + tfjs.length === 0) return [];
  return [
    `## Beside other libraries

The same network, weights, batches and optimiser on one thread of one core, by the time of the processor: 128 units, 9 tags,
23,000 words, batches of 32 sentences with the lengths and word frequencies of CoNLL-2003. Rows of U are looked up, and only those
of a batch move. Ours packs its batches within the time measured, the others get them ready-made. How many times as fast as
the fastest of each kind ours is, in batches of sentences of any lengths, as \`ner train\` makes them:

${kindTable(rows, 'any lengths')}

and in batches of sentences of like lengths, which suit the others better, since a time step then costs them less for each token:

${kindTable(rows, 'like lengths')}
`,
    ...(torch.length > 0 ? [torchSection(torch, vectors)] : []),
    ...(tfjs.length > 0 ? [tfjsSection(tfjs)] : []),
  ];
}

function torchSection(rows: readonly Row[], vectors: 4 | 8): string {
  return `### PyTorch in every formulation tried

[torch_rnn.py](../bench/torch_rnn.py) has them all: the library's layers, loops over time steps whose gradients autograd finds, and
gradients written out by hand with in-place calls. Packed ones compute no padding. As it comes, PyTorch uses the widest instructions that
the processor has, with fused multiply-add; WebAssembly has 128 bits${vectors === 8 ? ', which V8 joins to 256,' : ','} and fused multiply-add only where
results may differ between processors, which ours may not. So PyTorch was also held to AVX2 (OPENBLAS_CORETYPE=Haswell, ATEN_CPU_CAPABILITY=avx2) and to SSE
(OPENBLAS_CORETYPE=Nehalem, ATEN_CPU_CAPABILITY=default: products in 128 bits without FMA${vectors === 8 ? '' : ' as ours'}, elementwise functions as
compiled for any x86-64). Thousand tokens a second, and how many times as fast ours is; in batches of any lengths:

${formulationTable(rows, 'any lengths')}

in batches of like lengths:

${formulationTable(rows, 'like lengths')}
`;
}

function tfjsSection(rows: readonly Row[]): string {
  return `### TensorFlow.js

On the backends that train without a compiler or a download. Its layers get rows of a table that is never trained as fixed inputs:
the gradient of its own embedding layer takes minutes a step at this vocabulary. In batches of any lengths:

${formulationTable(rows, 'any lengths')}

in batches of sentences of 14 tokens, which suit it best:

${formulationTable(rows, 'one length')}
`;
}

/** How many times as fast as the fastest of each kind. */
function kindTable(rows: readonly Row[], batching: string): string {
  const lines = KINDS.map((kind) => {
    const cells = CONTESTS.map((contest) => fastest(rows, kind, contest, batching));
    return { name: kind.name, cells: cells.map((row) => (row === undefined ? '' : times(row))) };
  });
  return markdown(
    ['', ...CONTESTS],
    lines.filter(({ cells }) => cells.some((cell) => cell !== '')).map(({ name, cells }) => [name, ...cells]),
  );
}

/** Thousand tokens a second of each formulation, and how many times as fast ours is. */
function formulationTable(rows: readonly Row[], batching: string): string {
  const there = rows.filter(({ name }) => CONTESTS.some((contest) => name === nameOf(contest, batching)));
  const lines = [...new Set(there.map(({ against }) => against))].map((against) => {
    const cells = CONTESTS.map((contest) => {
      const row = there.find((other) => other.against === against && other.name === nameOf(contest, batching));
      return row === undefined ? '' : `${thousands(row.other)} (${times(row)})`;
    });
    return [against, ...cells];
  });
  const ours = CONTESTS.map((contest) => there.find(({ name }) => name === nameOf(contest, batching)));
  return markdown(
    ['', ...CONTESTS],
    [['**ours**', ...ours.map((row) => (row === undefined ? '' : thousands(row.ours)))], ...lines],
  );
}

function plainTable(rows: readonly Row[], section: string): string {
  const lines = rows
    .filter((row) => row.section === section)
    .map((row) => [row.name, `${shown(row.ours)} ${row.unit}`, row.against, shown(row.other), times(row)]);
  return markdown(['', 'ours', 'beside', 'that', 'ratio'], lines);
}

function markdown(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...lines.map(line)].join('\n');
}

function times({ ratio }: Row): string {
  return `${shown(ratio)}×`;
}

function thousands(rate: number): string {
  return shown(rate / 1000);
}

/** The paragraph on speed of README.md; undefined where PyTorch was not measured. */
export function speedParagraph({ date, cpu, node, rows }: Results): string | undefined {
  const [handmade, autograd, layer] = KINDS;
  const listed = (
    kind: (typeof KINDS)[number],
    task: string,
    show: (row: Row) => string,
    batching = 'any lengths',
  ): string => {
    const found = NETWORKS.map((network) => fastest(rows, kind, `${network} ${task}`, batching));
    const all = found.map((row) => (row === undefined ? '–' : show(row)));
    return `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
  };
  const rate = ({ ours }: Row): string => String(Math.round(ours / 1000));
  if (NETWORKS.some((network) => !fastest(rows, handmade, `${network} training`, 'any lengths'))) return undefined;
  const slower = rows.filter(({ section }) => section === 'vectors').map(times);
  const four =
    slower.length === 0
      ? ''
      : ` With vectors of four floats,
which Node 20 and 22 have, the whole of \`ner train\` takes ${slower.slice(0, -1).join(', ')} and ${slower.at(-1)} as long.`;
  return `One thread trains Elman, LSTM and BiLSTM networks of 128 units at ${listed(handmade, 'training', rate)} thousand
tokens a second and tags at ${listed(handmade, 'inference', rate)} thousand (${cpu}, Node ${node.slice(1)}, ${date.slice(0, 10)}). On the same core
and batches, training is ${listed(layer, 'training', times)} as fast as with PyTorch's own layers,
${listed(autograd, 'training', times)} as with the fastest loop under autograd, and ${listed(handmade, 'training', times)}
as with gradients written out by hand (in batches of like lengths, which suit PyTorch best,
${listed(handmade, 'training', times, 'like lengths')}).${four}`;
}
