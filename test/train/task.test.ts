import { expect, it } from '@jest/globals';
import { BATCH_NUMBERS, readBatch, type TrainingTask, writeBatch } from '../../src/train/task.js';

it('the numbers of a batch are read as they were written, and fill the memory that is taken for them', () => {
  const batch = new Float64Array(BATCH_NUMBERS).fill(Number.NaN);
  const task = { batch } as unknown as TrainingTask;
  const step = { rate: 0.1, tableRate: 0.2, scale: 0.3, correction1: 0.4, correction2: 0.5, tableCorrection2: 0.6 };
  const numbers = { epoch: 1, first: 2, sentences: 3, parts: 4, step };
  writeBatch(task, numbers);
  expect(readBatch(task)).toEqual(numbers);
  expect(batch.some(Number.isNaN)).toBe(false);
});
