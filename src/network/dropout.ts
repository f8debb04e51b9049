import { type Architecture, directionsOf } from './architecture.js';

/** Which units a training step leaves out. */
export interface Dropout<Keys = Int32Array> {
  /** Shape [R]: what each token's draws are keyed by. */
  readonly rowKeys: Keys;
  /** Chance of each column of the input's sum x; needs a column table. */
  readonly input: number;
  /** Chance of each state, as the layer above or the output reads it; the recurrence reads it whole. */
  readonly states: number;
}

/**
 * The number of the first unit of a layer in one direction: a token's draws are numbered by unit, the D columns of x first, then
 * the states layer by layer.
 */
export function firstUnit(architecture: Architecture, layer: number, direction: number): number {
  const { columnWidth = 0, hidden } = architecture;
  return columnWidth + (layer * directionsOf(architecture).length + direction) * hidden;
}
