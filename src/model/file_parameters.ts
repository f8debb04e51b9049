import type { FloatArray } from '../kernels/kernels.js';
import type { ParameterShape } from '../network/parameters.js';
import type { Tagger } from './tagger.js';
import { formatOf, type WeightFormat } from './weights.js';

/** A parameter as a model file has it. */
export interface FileParameter {
  /** `U` of the first network, `2.U` of the second. */
  readonly name: string;
  readonly shape: ParameterShape;
  readonly format: WeightFormat;
  /** As they are now, to be read before anything else is allocated. */
  readonly weights: FloatArray;
}

/** The parameters of all networks of a model, in the order of its file. */
export function parametersOf({ members }: Tagger): FileParameter[] {
  return members.flatMap(({ parameters, kernels, settings }, m) =>
    parameters.all.map((shape, i) => ({
      name: m === 0 ? shape.name : `${m + 1}.${shape.name}`,
      shape,
      format: formatOf(parameters, i, settings),
      weights: kernels.view(parameters.get(shape.name)),
    })),
  );
}
