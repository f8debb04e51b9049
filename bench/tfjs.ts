import { fileURLToPath } from 'node:url';
import { BATCH, compare, NETWORKS, TAGS, VOCABULARY } from './compare.js';
import type { Row, Tell } from './measure.js';
import { pin, Rival } from './rival.js';
import { bucketed, conllShaped } from './sentences.js';

const SCRIPT = fileURLToPath(new URL('tfjs_rnn.mjs', import.meta.url));
const SENTENCES = 960;
const ROUNDS = 3;

/**
 * Against TensorFlow.js on the backends that can train without a compiler or a download, both sides on one thread of one
 * core. (@tensorflow/tfjs-node fetches a binary while it is installed, and is left out.)
 */
export async function tfjs(tell: Tell): Promise<Row[]> {
  const started = await Rival.start(process.execPath, [SCRIPT], {});
  if (started === undefined) {
    tell('left out: no TensorFlow.js (npm ci --prefix bench)');
    return [];
  }
  const { rival, hello } = started;
  const pinned = pin(process.pid) && pin(rival.pid);
  tell(`TensorFlow.js ${hello.version}, one thread each${pinned ? ' on one core' : ', not pinned: no taskset'}`);
  const batches = bucketed(conllShaped(SENTENCES, VOCABULARY, TAGS, 1), BATCH, 2);
  const rows: Row[] = [];
  try {
    for (const network of NETWORKS) {
      const contest = { section: 'tfjs', library: 'TensorFlow.js', network, rounds: ROUNDS };
      rows.push(...(await compare(rival, { ...contest, batching: 'like lengths', batches }, tell)));
    }
  } finally {
    rival.stop();
  }
  return rows;
}
