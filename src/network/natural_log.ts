/**
 * ln x of a positive number, by IEEE operations alone, so that it is the same number on every machine: x = 2^e · m with m in
 * [1/√2, √2), ln m = 2 (z + z³/3 + z⁵/5 + …), z = (m − 1) / (m + 1).
 */
export function naturalLog(x: number): number {
  let m = x;
  let e = 0;
  for (; m >= Math.SQRT2; e++) m /= 2;
  for (; m < Math.SQRT1_2; e--) m *= 2;
  const z = (m - 1) / (m + 1);
  let sum = 0;
  let power = z;
  // z² < 0.03: what is left out is below the last bit
  for (let k = 1; k < 25; k += 2) {
    sum += power / k;
    power *= z * z;
  }
  return 2 * sum + e * Math.LN2;
}
