import { expect, it } from '@jest/globals';
import * as ner from '../src/index.js';
import { TINY } from './support/small_model.js';

it('the library reads, splits, trains, scores, writes, reads again and tags', async () => {
  const corpus = ner.readCorpus(ner.decodeLines(new TextEncoder().encode(TINY), 'tiny'), 'tiny');
  const examples = corpus.sentences.map(({ tokens, tags }) => ({ tokens, entities: ner.entitiesOf(tags) }));
  const parts = ner.splitCorpus(examples, corpus.documentStarts, 0.25, ner.keyedRandom(1));
  expect([parts.train.length, parts.dev.length]).toEqual([3, 1]);

  const settings = ner.resolveSettings({
    ...{ hidden: 8, epochs: 25, batchSize: 1, learningRate: 0.1 },
    ...{ decay: 'none', dropRare: false },
  });
  const encoder = ner.Encoder.build(examples, settings);
  const fresh = ner.createTagger(encoder, ner.entityTypes(examples), settings, new ner.ReferenceKernels());
  const result = await ner.train(fresh, examples, examples);
  const { tagger, best, stopped } = result;
  expect([best.dev.micro.f1, stopped]).toEqual([1, 'finished']);

  const [sentence] = ner.textSentences('Ada Byron left Oslo.');
  expect(sentence.tokens).toEqual(
    ner.tokenize('Ada Byron left Oslo.').map(({ start, end }) => 'Ada Byron left Oslo.'.slice(start, end)),
  );
  const [entities] = tagger.predict([sentence]);
  const tags = ner.tagsOf(entities, sentence.tokens.length, 'BIOES');
  expect(tags).toEqual(['B-PER', 'E-PER', 'O', 'S-LOC', 'O']);

  const scored = ner.score([{ gold: ['B-PER', 'I-PER', 'O', 'B-LOC', 'O'], predicted: tags }]);
  expect(ner.formatConlleval(scored)).toContain('FB1: 100.00');

  const figures = ner.corpusRecord([await ner.sha256(new TextEncoder().encode(TINY))], examples);
  expect(figures).toMatchObject({ sentences: 4, tokens: 20, entities: 7 });
  const record = ner.trainingRecord(
    tagger,
    { train: figures, dev: figures, heldOut: false },
    { version: '1.2.3', networks: [result], dev: result.dev, stopped: result.stopped },
  );
  const bytes = await ner.formatModel({ tagger, record });
  const again = await ner.readModel(bytes, 'm', new ner.ReferenceKernels());
  expect(again.record).toEqual(record);
  expect(again.tagger.predict([sentence])[0]).toEqual(entities);
  await expect(ner.readModel(new Uint8Array(), 'm', new ner.ReferenceKernels())).rejects.toThrow(ner.ModelError);
});
