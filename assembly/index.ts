/** What the module offers: the kernels' contract on pointers. It allocates nothing and has no state of its own. */

export { adagradColumns } from './adagrad';
export { averageInto, exchange } from './average';
export { packKeys, packOneHots, packTokens } from './batch';
export { useWideVectors } from './blocks';
export { addColumns, gatherColumns, scatterColumns, scatterScratch } from './columns';
export { crfLoss, crfMarginals, crfScratch } from './crf';
export { crfLikelySpans, crfSpans, spansScratch } from './crf_spans';
export { dropOneHots, dropScratch } from './drop';
export { dropout } from './dropout';
export { elmanBackward, elmanForward } from './elman';
export { gruBackward, gruForward } from './gru';
export { lstmBackward, lstmForward } from './lstm';
export {
  broadcast,
  columnSumsAdd,
  fill,
  multiplyAdd,
  multiplyScratch,
  multiplyTransposedAdd,
  outerAdd,
  outerScratch,
} from './matrix';
export { peak } from './peak';
export { layerScratch } from './recurrence';
export { addRows, matchColumns } from './shards';
export { crossEntropy, softmax } from './softmax';
export { indexLength, touchedColumns } from './touched';
export { adam, adamColumns, sgd, sgdColumns, squaredNorm } from './update';
export { crfDecode, decodeScratch } from './viterbi';

/** The first byte behind the module's own data: what lies before must not be written. */
export function heapBase(): usize {
  return __heap_base;
}
