import { helpersFor } from '../src/cli/train_threads.js';
import { ask, BATCH, enter, HIDDEN, NETWORKS, rowsOf, TAGS, VOCABULARY } from './compare.js';
import { asText } from './corpus.js';
import { Epochs } from './epochs.js';
import { interleaved, type Row, shown, type Tell } from './measure.js';
import { architecture, Ours } from './ours.js';
import { bucketed, conllShaped } from './sentences.js';
import { startTorch } from './torch.js';

const ROUNDS = 5;
/** By network: about a second of training each. */
const SENTENCES = { Elman: 14_000, LSTM: 3_500, BiLSTM: 1_800 } as const;
const TORCH_SENTENCES = 960;
const FASTEST = ['written-out gradients', 'loop, packed', 'library layer, packed'];

/** Training with two threads beside one, and beside PyTorch with two: tokens a second by the clock. */
export async function threads(tell: Tell): Promise<Row[]> {
  const rows: Row[] = [];
  for (const network of NETWORKS) {
    const found = await trainings(network);
    for (const { name, against, ours, other, ratio } of found) {
      tell(`${name}: ${shown(ours)} to ${shown(other)} (${against}) is ${shown(ratio)}`);
    }
    rows.push(...found);
  }
  return rows;
}

async function trainings(network: (typeof NETWORKS)[number]): Promise<Row[]> {
  const { name, cell, bidirectional } = network;
  const examples = asText(conllShaped(SENTENCES[name], VOCABULARY, TAGS, 1));
  const settings = { cell, bidirectional, hidden: HIDDEN, batchSize: BATCH, clip: 0 };
  const seconds = (): number => performance.now() / 1000;
  const one = new Epochs(examples, { settings, seconds });
  const two = new Epochs(examples, { settings, seconds, helpers: helpersFor(2) });
  const started = await startTorch(2);
  try {
    const sides = new Map([
      ['one thread', () => one.next()],
      ['ours', () => two.next()],
    ]);
    if (started !== undefined) {
      const { rival, version } = started;
      const batches = bucketed(conllShaped(TORCH_SENTENCES, VOCABULARY, TAGS, 1), BATCH, 2);
      const ours = await Ours.create(architecture(cell, bidirectional, HIDDEN), VOCABULARY, TAGS, batches);
      const library = `PyTorch ${version}, two threads`;
      for (const entry of await enter([{ library, rival, only: FASTEST }], ours, batches)) {
        sides.set(entry.against, async () => (await ask(entry, 'train')).byClock);
      }
    }
    const rates = await interleaved(sides, ROUNDS);
    return rowsOf('threads', `${name} training with two threads`, rates);
  } finally {
    started?.rival.stop();
    await one.stop();
    await two.stop();
  }
}
