/**
 * float16 of IEEE 754 (binary16): a sign, 5 bits of exponent, 10 of fraction. By integer arithmetic on the bits, so that it is the
 * same everywhere.
 */

/** The float16 nearest to a float32, ties to even, bits in and out. What is finite stays so: ±65504 is the largest. */
export function halfOf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude >= INFINITE) return sign | (magnitude === INFINITE ? 0x7c00 : 0x7e00);
  if (magnitude < LEAST_NORMAL) return sign | subnormal(magnitude);
  const half = (magnitude - EXPONENTS + 0xfff + ((magnitude >>> 13) & 1)) >>> 13;
  return sign | Math.min(half, LARGEST);
}

const INFINITE = 0x7f800000;
/** 2⁻¹⁴ */
const LEAST_NORMAL = 0x38800000;
/** What float32 adds to an exponent beyond what float16 does, 127 − 15, in its place. */
const EXPONENTS = 112 << 23;
/** 65504, as float16 and as float32 */
const LARGEST = 0x7bff;
const LARGEST_BITS = 0x477fe000;

/** A magnitude below 2⁻¹⁴ as a multiple of 2⁻²⁴. */
function subnormal(magnitude: number): number {
  const shift = 126 - (magnitude >>> 23);
  if (shift > 24) return 0;
  const fraction = (magnitude & 0x7fffff) | 0x800000;
  const whole = fraction >>> shift;
  const rest = fraction & ((1 << shift) - 1);
  const middle = 1 << (shift - 1);
  return whole + (rest > middle || (rest === middle && (whole & 1) === 1) ? 1 : 0);
}

/** The number of each of the 65,536 float16, by its bits. */
export function halfNumbers(): Float32Array {
  if (numbers === undefined) {
    numbers = new Float32Array(0x10000);
    const bits = new Int32Array(numbers.buffer);
    for (let half = 0; half < 0x10000; half++) {
      const magnitude = half & 0x7fff;
      const sign = (half & 0x8000) << 16;
      if (magnitude < 0x400) numbers[half] = (sign === 0 ? magnitude : -magnitude) / 2 ** 24;
      else bits[half] = sign | ((magnitude << 13) + (magnitude < 0x7c00 ? EXPONENTS : 2 * EXPONENTS));
    }
  }
  return numbers;
}

let numbers: Float32Array | undefined;

/** Makes each weight the float16 nearest to it, where it stands. */
export function roundToHalves(weights: Float32Array): void {
  const bits = new Int32Array(weights.buffer, weights.byteOffset, weights.length);
  const values = halfNumbers();
  for (let i = 0; i < bits.length; i++) {
    const magnitude = bits[i] & 0x7fffffff;
    // what is normal in both formats, and rounded does not leave them, needs but its last 13 bits off
    if (magnitude >= LEAST_NORMAL && magnitude < LARGEST_BITS) {
      bits[i] = (bits[i] + 0xfff + ((bits[i] >>> 13) & 1)) & ~0x1fff;
    } else {
      weights[i] = values[halfOf(bits[i])];
    }
  }
}
