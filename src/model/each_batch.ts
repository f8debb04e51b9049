import { type Batch, packForPrediction } from '../encode/batch.js';
import type { EncodedSentence } from '../encode/encoder.js';
import type { Ensemble } from '../network/ensemble.js';
import { capacityFor, groupsOf, type Piece, piecesOf } from './pieces.js';

/** The same sentences as each encoding of an ensemble has them; shape [encodings][S]. */
export type Encodings = readonly (readonly EncodedSentence[])[];

/**
 * Runs the networks over sentences, equally long ones together. `handle` gets a batch whose logits are there, as each encoding has
 * it, and the pieces of sentences that it has, the longest first.
 */
export function eachBatch(
  ensemble: Ensemble,
  encodings: Encodings,
  handle: (batches: readonly Batch[], pieces: readonly Piece[]) => void,
): void {
  const pieces = encodings.map(piecesOf);
  const encoded = pieces.map((list) => list.map((piece) => piece.encoded));
  ensemble.reserve(encoded.map(capacityFor));
  for (const group of groupsOf(encoded[0])) {
    const batches = encoded.map((list) => packForPrediction(Array.from(group, (place) => list[place])));
    ensemble.load(batches);
    ensemble.forward();
    handle(
      batches,
      Array.from(group, (place) => pieces[0][place]),
    );
  }
}
