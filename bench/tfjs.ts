import { fileURLToPath } from 'node:url';
import { BATCH, compare, NETWORKS, TAGS, VOCABULARY } from './compare.js';
import type { Row, Tell } from './measure.js';
import { pin, Rival, unpin } from './rival.js';
import { conllShaped, evenSentences, inOrder } from './sentences.js';

const SCRIPT = fileURLToPath(new URL('tfjs_rnn.mjs', import.meta.url));
const SENTENCES = 480;
/** About the mean length of the others. */
const LENGTH = 14;
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
  const library = `TensorFlow.js ${hello.version}`;
  tell(`${library}, one thread each${pinned ? ' on one core' : ', not pinned: no taskset'}`);
  const batchings = [
    { batching: 'any lengths', batches: inOrder(conllShaped(SENTENCES, VOCABULARY, TAGS, 1), BATCH) },
    { batching: 'one length', batches: inOrder(evenSentences(SENTENCES, LENGTH, VOCABULARY, TAGS, 1), BATCH) },
  ];
  const rows: Row[] = [];
  try {
    for (const network of NETWORKS) {
      for (const batches of batchings) {
        const contest = { section: 'tfjs', network, rounds: ROUNDS, ...batches };
        rows.push(...(await compare([{ library, rival }], contest, tell)));
      }
    }
  } finally {
    unpin(process.pid);
    rival.stop();
  }
  return rows;
}
