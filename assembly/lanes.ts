/** Loads and stores of up to four floats, so that a loop over vectors is written once for every length. */

/** The first n of four lanes from memory, the others 0; all four where n ≥ 4. */
export function load4(from: usize, n: i32): v128 {
  return n >= 4 ? v128.load(from) : loadFew(from, n);
}

/** The first n of four lanes to memory; all four where n ≥ 4. */
export function store4(to: usize, x: v128, n: i32): void {
  if (n >= 4) v128.store(to, x);
  else storeFew(to, x, n);
}

/** The first n of four lanes added to memory; all four where n ≥ 4. */
export function add4(to: usize, x: v128, n: i32): void {
  if (n >= 4) v128.store(to, f32x4.add(v128.load(to), x));
  else storeFew(to, f32x4.add(loadFew(to, n), x), n);
}

/** out[16] += the lanes of four vectors */
export function add16(out: usize, x0: v128, x1: v128, x2: v128, x3: v128): void {
  const y0 = v128.load(out);
  const y1 = v128.load(out, 16);
  const y2 = v128.load(out, 32);
  const y3 = v128.load(out, 48);
  v128.store(out, f32x4.add(y0, x0));
  v128.store(out, f32x4.add(y1, x1), 16);
  v128.store(out, f32x4.add(y2, x2), 32);
  v128.store(out, f32x4.add(y3, x3), 48);
}

/** to[16] = the lanes of four vectors */
export function store16(to: usize, x0: v128, x1: v128, x2: v128, x3: v128): void {
  v128.store(to, x0);
  v128.store(to, x1, 16);
  v128.store(to, x2, 32);
  v128.store(to, x3, 48);
}

/** out[n] = a + b */
export function addRow(out: usize, a: usize, b: usize, n: i32): void {
  for (; n >= 16; n -= 16, out += 64, a += 64, b += 64) {
    const s0 = f32x4.add(v128.load(a), v128.load(b));
    const s1 = f32x4.add(v128.load(a, 16), v128.load(b, 16));
    const s2 = f32x4.add(v128.load(a, 32), v128.load(b, 32));
    const s3 = f32x4.add(v128.load(a, 48), v128.load(b, 48));
    store16(out, s0, s1, s2, s3);
  }
  for (; n > 0; n -= 4, out += 16, a += 16, b += 16) {
    store4(out, f32x4.add(load4(a, n), load4(b, n)), n);
  }
}

function loadFew(from: usize, n: i32): v128 {
  let x = f32x4.splat(0);
  if (n > 0) x = f32x4.replace_lane(x, 0, load<f32>(from));
  if (n > 1) x = f32x4.replace_lane(x, 1, load<f32>(from, 4));
  if (n > 2) x = f32x4.replace_lane(x, 2, load<f32>(from, 8));
  return x;
}

function storeFew(to: usize, x: v128, n: i32): void {
  if (n > 0) store<f32>(to, f32x4.extract_lane(x, 0));
  if (n > 1) store<f32>(to, f32x4.extract_lane(x, 1), 4);
  if (n > 2) store<f32>(to, f32x4.extract_lane(x, 2), 8);
}
