import { fileURLToPath } from 'node:url';
import { BATCH, compare, NETWORKS, type Opponent, TAGS, VOCABULARY } from './compare.js';
import type { Row, Tell } from './measure.js';
import { pin, Rival, unpin } from './rival.js';
import { bucketed, conllShaped, inOrder } from './sentences.js';

const SCRIPT = fileURLToPath(new URL('torch_rnn.py', import.meta.url));
const PYTHON = '/usr/bin/python3';
const SENTENCES = 960;
const ROUNDS = 3;

/** The fastest of each kind: gradients written out, by autograd, and of a layer of the library. */
const FASTEST = ['written-out gradients', 'loop, packed', 'library layer, packed'];

/**
 * PyTorch with what the processor has, and held to instructions of older ones: AVX2 and FMA on 256 bits (Haswell, 2013), and
 * 128 bits without FMA (Nehalem, 2008), which is what WebAssembly has without relaxed SIMD.
 */
const HELD: readonly { readonly to: string; readonly env: Readonly<Record<string, string>> }[] = [
  { to: '', env: {} },
  { to: ' held to AVX2', env: { OPENBLAS_CORETYPE: 'Haswell', ATEN_CPU_CAPABILITY: 'avx2' } },
  { to: ' held to SSE', env: { OPENBLAS_CORETYPE: 'Nehalem', ATEN_CPU_CAPABILITY: 'default' } },
];

/** PyTorch in a process with so many threads; undefined where it is not installed. */
export async function startTorch(
  threads: number,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly rival: Rival; readonly version: string } | undefined> {
  const most = String(threads);
  const limits = { OMP_NUM_THREADS: most, OPENBLAS_NUM_THREADS: most, MKL_NUM_THREADS: most };
  const started = await Rival.start(PYTHON, [SCRIPT, most], { ...limits, ...env });
  return started && { rival: started.rival, version: String(started.hello.version) };
}

/** Said where PyTorch is not installed. */
export const NO_TORCH = `left out: no ${PYTHON} with torch (Debian: apt-get install python3-torch libopenblas0)`;

/** Against PyTorch in every formulation of torch_rnn.py, all sides on one thread of one core. */
export async function torch(tell: Tell): Promise<Row[]> {
  const opponents: Opponent[] = [];
  try {
    for (const { to, env } of HELD) {
      const started = await startTorch(1, env);
      if (started === undefined) {
        tell(NO_TORCH);
        return [];
      }
      const { rival, version } = started;
      const pinned = pin(process.pid) && pin(rival.pid);
      tell(`PyTorch ${version}${to}, one thread${pinned ? ' on one core' : ', not pinned: no taskset'}`);
      const library = `PyTorch ${version}${to}`;
      opponents.push({ library, rival, ...(to === '' ? {} : { only: FASTEST }) });
    }
    return await contests(opponents, tell);
  } finally {
    unpin(process.pid);
    for (const { rival } of opponents) rival.stop();
  }
}

async function contests(opponents: readonly Opponent[], tell: Tell): Promise<Row[]> {
  const sentences = conllShaped(SENTENCES, VOCABULARY, TAGS, 1);
  const batchings = [
    { batching: 'like lengths', batches: bucketed(sentences, BATCH, 2) },
    { batching: 'any lengths', batches: inOrder(sentences, BATCH) },
  ];
  const rows: Row[] = [];
  for (const network of NETWORKS) {
    for (const batches of batchings) {
      rows.push(...(await compare(opponents, { section: 'torch', network, rounds: ROUNDS, ...batches }, tell)));
    }
  }
  return rows;
}
