import type { FloatArray, Kernels } from '../kernels/kernels.js';
import type { ParameterShapes, Parameters } from '../network/parameters.js';
import { halfNumbers, halfOf, roundToHalves } from './half.js';

/** How a model file keeps weights. */
export const WEIGHT_FORMATS = ['float32', 'float16', 'int8'] as const;
export type WeightFormat = (typeof WEIGHT_FORMATS)[number];

interface Matrix {
  readonly rows: number;
  readonly columns: number;
}

/** What a model's settings say of its weights. */
interface FormatSetting {
  readonly weightFormat: WeightFormat;
}

/** The format of the i-th parameter, tables first: only they have so many rows that 8 bits save anything. */
export function formatOf(
  { shapes }: { readonly shapes: ParameterShapes },
  i: number,
  { weightFormat }: FormatSetting,
): WeightFormat {
  return weightFormat === 'int8' && i >= shapes.tables.length ? 'float16' : weightFormat;
}

/** Bytes that a matrix takes. */
export function packedLength({ rows, columns }: Matrix, format: WeightFormat): number {
  switch (format) {
    case 'float32':
      return 4 * rows * columns;
    case 'float16':
      return 2 * rows * columns;
    case 'int8':
      return rows * (SCALE_BYTES + columns);
  }
}

/**
 * The bytes of a matrix's weights, row by row, little-endian whatever the machine. float16 is rounded to nearest, ties to even. int8
 * is a scale for each row, and behind all scales a number from −127 to 127 for each weight, which is their product; a scale is
 * the upper half of the float32 nearest to a 127th of the largest weight of the row, ties to even. What was packed and unpacked
 * is packed to the same bytes. They may be those of the weights themselves.
 */
export function packWeights(weights: FloatArray, matrix: Matrix, format: WeightFormat): Uint8Array {
  const inPlace = bytesInPlace(weights, format);
  if (inPlace !== undefined) return inPlace;
  const bytes = new Uint8Array(packedLength(matrix, format));
  if (format === 'float32') packFloats(weights, bytes);
  else if (format === 'float16') packHalves(weights, bytes);
  else packRows(weights, matrix, bytes);
  return bytes;
}

/** Reads what `packWeights` gave into `weights`. */
export function unpackWeights(bytes: Uint8Array, weights: FloatArray, matrix: Matrix, format: WeightFormat): void {
  if (format === 'float32') unpackFloats(bytes, weights);
  else if (format === 'float16') unpackHalves(bytes, weights);
  else unpackRows(bytes, weights, matrix);
}

/** Makes a network's weights what they will be when they are read from a model file. */
export function roundWeights(parameters: Parameters, kernels: Kernels, settings: FormatSetting): void {
  parameters.all.forEach((matrix, i) => {
    const format = formatOf(parameters, i, settings);
    const weights = kernels.view(parameters.get(matrix.name));
    if (format === 'float16' && weights instanceof Float32Array) roundToHalves(weights);
    else if (format !== 'float32') unpackWeights(packWeights(weights, matrix, format), weights, matrix, format);
  });
}

/** The weights' own bytes, where they lie in memory as they do in a file. */
export function bytesInPlace(weights: FloatArray, format: WeightFormat): Uint8Array | undefined {
  if (format !== 'float32' || !(weights instanceof Float32Array) || !LITTLE_ENDIAN) return undefined;
  return new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength);
}

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** A number on its way to its bits as float32, and back. */
const NUMBER = new Float32Array(1);
const BITS = new Int32Array(NUMBER.buffer);

function bitsOf(number: number): number {
  NUMBER[0] = number;
  return BITS[0];
}

function numberOf(bits: number): number {
  BITS[0] = bits;
  return NUMBER[0];
}

function packFloats(weights: FloatArray, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < weights.length; i++) view.setFloat32(i * 4, weights[i], true);
}

function unpackFloats(bytes: Uint8Array, weights: FloatArray): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let i = 0; i < weights.length; i++) weights[i] = view.getFloat32(i * 4, true);
}

function packHalves(weights: FloatArray, bytes: Uint8Array): void {
  for (let i = 0; i < weights.length; i++) {
    const half = halfOf(bitsOf(weights[i]));
    bytes[2 * i] = half;
    bytes[2 * i + 1] = half >>> 8;
  }
}

function unpackHalves(bytes: Uint8Array, weights: FloatArray): void {
  const numbers = halfNumbers();
  if (LITTLE_ENDIAN && bytes.byteOffset % 2 === 0) {
    const halves = new Uint16Array(bytes.buffer, bytes.byteOffset, weights.length);
    for (let i = 0; i < weights.length; i++) weights[i] = numbers[halves[i]];
  } else {
    for (let i = 0; i < weights.length; i++) weights[i] = numbers[bytes[2 * i] | (bytes[2 * i + 1] << 8)];
  }
}

const SCALE_BYTES = 2;
const LARGEST = 127;
/** A row whose weights are all nearer to 0 is one of zeros: scales keep clear of float32's subnormal numbers. */
const NOTHING = 2 ** -100;
/** Added to a smaller number and taken away again it leaves the nearest integer, ties to even. */
const ROUNDER = 1.5 * 2 ** 52;

function packRows(weights: FloatArray, { rows, columns }: Matrix, bytes: Uint8Array): void {
  for (let row = 0; row < rows; row++) {
    const [from, to] = [row * columns, SCALE_BYTES * rows + row * columns];
    let largest = 0;
    for (let i = from; i < from + columns; i++) largest = Math.max(largest, Math.abs(weights[i]));
    const scaleBits = largest < NOTHING ? 0 : upperHalf(bitsOf(largest / LARGEST));
    bytes[2 * row] = scaleBits;
    bytes[2 * row + 1] = scaleBits >>> 8;
    if (scaleBits === 0) continue;
    const scale = numberOf(scaleBits << 16);
    for (let i = 0; i < columns; i++) {
      const nearest = weights[from + i] / scale + ROUNDER - ROUNDER;
      bytes[to + i] = Math.max(-LARGEST, Math.min(LARGEST, nearest));
    }
  }
}

function unpackRows(bytes: Uint8Array, weights: FloatArray, { rows, columns }: Matrix): void {
  for (let row = 0; row < rows; row++) {
    const scale = numberOf((bytes[2 * row] << 16) | (bytes[2 * row + 1] << 24));
    const [to, from] = [row * columns, SCALE_BYTES * rows + row * columns];
    // seven bits times eight: the product is a float32 without rounding
    for (let i = 0; i < columns; i++) weights[to + i] = ((bytes[from + i] << 24) >> 24) * scale;
  }
}

/** The upper 16 bits of a float32's, rounded to nearest, ties to even. */
function upperHalf(bits: number): number {
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}
