import { fileURLToPath } from 'node:url';
import { BATCH, compare, NETWORKS, TAGS, VOCABULARY } from './compare.js';
import type { Row, Tell } from './measure.js';
import { pin, Rival } from './rival.js';
import { bucketed, conllShaped, inOrder } from './sentences.js';

const SCRIPT = fileURLToPath(new URL('torch_rnn.py', import.meta.url));
const ONE_THREAD = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
const SENTENCES = 960;
const ROUNDS = 5;

/** Against PyTorch in every formulation of torch_rnn.py, both sides on one thread of one core. */
export async function torch(tell: Tell): Promise<Row[]> {
  const started = await Rival.start('/usr/bin/python3', [SCRIPT, '1'], ONE_THREAD);
  if (started === undefined) {
    tell('left out: no /usr/bin/python3 with torch (Debian: apt-get install python3-torch libopenblas0)');
    return [];
  }
  const { rival, hello } = started;
  const pinned = pin(process.pid) && pin(rival.pid);
  tell(`PyTorch ${hello.version}, one thread each${pinned ? ' on one core' : ', not pinned: no taskset'}`);
  const sentences = conllShaped(SENTENCES, VOCABULARY, TAGS, 1);
  const rows: Row[] = [];
  try {
    for (const network of NETWORKS) {
      const contest = { section: 'torch', library: 'PyTorch', network, rounds: ROUNDS };
      const like = { batching: 'like lengths', batches: bucketed(sentences, BATCH, 2) };
      const any = { batching: 'any lengths', batches: inOrder(sentences, BATCH) };
      rows.push(...(await compare(rival, { ...contest, ...like }, tell)));
      rows.push(...(await compare(rival, { ...contest, ...any }, tell)));
    }
  } finally {
    rival.stop();
  }
  return rows;
}
