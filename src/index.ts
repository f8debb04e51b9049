/** The library behind `ner`: read tagged text, train a network, score it, tag with it. */
export { Encoder } from './encode/encoder.js';
export type { FeatureSettings } from './encode/features.js';
export { type CorpusTraits, traitsOf } from './encode/traits.js';
export { Vocabulary } from './encode/vocabulary.js';
export { DataError, ModelError, NerError, RunError, UsageError } from './errors.js';
export { formatConlleval } from './evaluate/conlleval.js';
export { type Measures, type Score, score, type TagPair, type Tally } from './evaluate/score.js';
export { sha256 } from './hash.js';
export type { Kernels } from './kernels/kernels.js';
export { type Precision, ReferenceKernels } from './kernels/reference.js';
export { type KernelOptions, WasmKernels } from './kernels/wasm.js';
export type { Encodings } from './model/each_batch.js';
export { formatModel, type Model, readModel } from './model/json.js';
export type { Platform } from './model/platform.js';
export { PRESETS, type Preset } from './model/presets.js';
export type { CorpusRecord, TrainingRecord } from './model/record.js';
export { resolveSettings, type Settings } from './model/settings.js';
export { type FoundEntity, Tagger } from './model/tagger.js';
export { type CorpusOptions, readCorpus } from './text/corpus.js';
export { formatJsonLine, type ScoredSpan } from './text/jsonl.js';
export { decodeLines } from './text/lines.js';
export type { OffsetUnit } from './text/offsets.js';
export type { Corpus, Notice, Sentence, Span, TaggedSentence, TextSentence } from './text/sentence.js';
export { textSentences } from './text/split.js';
export { type Entity, entitiesOf, SCHEMES, type Scheme, tagSet, tagsOf } from './text/tags.js';
export { tokenize } from './text/tokenize.js';
export type { DecisionScores } from './train/decision.js';
export type { BatchReport } from './train/epoch.js';
export { cutFolds, type Fold, type FoldSettings } from './train/folds.js';
export {
  createMembers,
  type FurtherMember,
  type MemberNeeds,
  type Members,
  type MembersHooks,
  type MembersResult,
  trainMembers,
} from './train/members.js';
export { keyedRandom } from './train/random.js';
export { corpusRecord, type Outcome, type RecordedData, trainingRecord } from './train/record.js';
export { splitCorpus } from './train/split.js';
export {
  createTagger,
  type EpochReport,
  type Example,
  entityTypes,
  type TrainingHooks,
  type TrainingResult,
  train,
} from './train/trainer.js';
