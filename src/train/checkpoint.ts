import type { FloatArray, Kernels } from '../kernels/kernels.js';
import type { Parameters } from '../network/parameters.js';

/** A copy of a network's weights outside the kernels' memory. */
export interface Checkpoint {
  readonly tables: readonly FloatArray[];
  readonly dense: FloatArray;
}

export function saveCheckpoint(parameters: Parameters, kernels: Kernels): Checkpoint {
  return {
    tables: parameters.tables.map((table) => kernels.view(table).slice()),
    dense: kernels.view(parameters.dense).slice(),
  };
}

/** Takes the weights as they are now into the copy that is there: fresh memory would cost as much again as copying. */
export function renewCheckpoint(checkpoint: Checkpoint, parameters: Parameters, kernels: Kernels): void {
  parameters.tables.forEach((table, i) => {
    checkpoint.tables[i].set(kernels.view(table));
  });
  checkpoint.dense.set(kernels.view(parameters.dense));
}

export function restoreCheckpoint(checkpoint: Checkpoint, parameters: Parameters, kernels: Kernels): void {
  parameters.tables.forEach((table, i) => {
    kernels.view(table).set(checkpoint.tables[i]);
  });
  kernels.view(parameters.dense).set(checkpoint.dense);
}
