import { type Batch, packForPrediction } from '../encode/batch.js';
import type { EncodedSentence } from '../encode/encoder.js';
import type { Network } from '../network/network.js';
import { capacityFor, groupsOf, type Piece, piecesOf } from './pieces.js';

/**
 * Runs the network over sentences, equally long ones together. `handle` gets a batch whose logits are there, and the pieces
 * of sentences that it has, the longest first.
 */
export function eachBatch(
  network: Network,
  sentences: readonly EncodedSentence[],
  handle: (batch: Batch, pieces: readonly Piece[]) => void,
): void {
  const pieces = piecesOf(sentences);
  const encoded = pieces.map((piece) => piece.encoded);
  network.reserve(capacityFor(encoded));
  for (const group of groupsOf(encoded)) {
    const batch = packForPrediction(Array.from(group, (place) => encoded[place]));
    network.load(batch);
    network.forward();
    handle(
      batch,
      Array.from(group, (place) => pieces[place]),
    );
  }
}
