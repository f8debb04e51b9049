import { add16 } from './lanes';

/**
 * out[1,32] += left[1,k] · right[2,k,16]: a row on its own, which would leave half a block of two idle. It is made like `blockAdd`; a
 * test that is never true (`never` is odd) stands where both halves of a step together would have more vectors than there are registers (measured in
 * V8: with them in memory it takes 1.7 times as long).
 */
export function rowAdd(out: usize, left: usize, right: usize, k: i32): void {
  const next = right + ((<usize>k) << 6);
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let s4 = f32x4.splat(0);
  let s5 = f32x4.splat(0);
  let s6 = f32x4.splat(0);
  let s7 = f32x4.splat(0);
  const end: usize = (<usize>k) << 2;
  const last = end - 4;
  const never = end + 1;
  for (let at: usize = 0; at < end; at += 16) {
    const low = right + (at << 4);
    const high = next + (at << 4);
    const value = left + at;
    {
      const a = v128.load32_splat(value);
      s0 = f32x4.add(s0, f32x4.mul(a, v128.load(low)));
      s1 = f32x4.add(s1, f32x4.mul(a, v128.load(low, 16)));
      s2 = f32x4.add(s2, f32x4.mul(a, v128.load(low, 32)));
      s3 = f32x4.add(s3, f32x4.mul(a, v128.load(low, 48)));
      if (at === never) break;
      s4 = f32x4.add(s4, f32x4.mul(a, v128.load(high)));
      s5 = f32x4.add(s5, f32x4.mul(a, v128.load(high, 16)));
      s6 = f32x4.add(s6, f32x4.mul(a, v128.load(high, 32)));
      s7 = f32x4.add(s7, f32x4.mul(a, v128.load(high, 48)));
    }
    if (at === last) break;
    {
      const a = v128.load32_splat(value, 4);
      s0 = f32x4.add(s0, f32x4.mul(a, v128.load(low, 64)));
      s1 = f32x4.add(s1, f32x4.mul(a, v128.load(low, 80)));
      s2 = f32x4.add(s2, f32x4.mul(a, v128.load(low, 96)));
      s3 = f32x4.add(s3, f32x4.mul(a, v128.load(low, 112)));
      if (at + 4 === never) break;
      s4 = f32x4.add(s4, f32x4.mul(a, v128.load(high, 64)));
      s5 = f32x4.add(s5, f32x4.mul(a, v128.load(high, 80)));
      s6 = f32x4.add(s6, f32x4.mul(a, v128.load(high, 96)));
      s7 = f32x4.add(s7, f32x4.mul(a, v128.load(high, 112)));
    }
    if (at + 4 === last) break;
    {
      const a = v128.load32_splat(value, 8);
      s0 = f32x4.add(s0, f32x4.mul(a, v128.load(low, 128)));
      s1 = f32x4.add(s1, f32x4.mul(a, v128.load(low, 144)));
      s2 = f32x4.add(s2, f32x4.mul(a, v128.load(low, 160)));
      s3 = f32x4.add(s3, f32x4.mul(a, v128.load(low, 176)));
      if (at + 8 === never) break;
      s4 = f32x4.add(s4, f32x4.mul(a, v128.load(high, 128)));
      s5 = f32x4.add(s5, f32x4.mul(a, v128.load(high, 144)));
      s6 = f32x4.add(s6, f32x4.mul(a, v128.load(high, 160)));
      s7 = f32x4.add(s7, f32x4.mul(a, v128.load(high, 176)));
    }
    if (at + 8 === last) break;
    {
      const a = v128.load32_splat(value, 12);
      s0 = f32x4.add(s0, f32x4.mul(a, v128.load(low, 192)));
      s1 = f32x4.add(s1, f32x4.mul(a, v128.load(low, 208)));
      s2 = f32x4.add(s2, f32x4.mul(a, v128.load(low, 224)));
      s3 = f32x4.add(s3, f32x4.mul(a, v128.load(low, 240)));
      if (at + 12 === never) break;
      s4 = f32x4.add(s4, f32x4.mul(a, v128.load(high, 192)));
      s5 = f32x4.add(s5, f32x4.mul(a, v128.load(high, 208)));
      s6 = f32x4.add(s6, f32x4.mul(a, v128.load(high, 224)));
      s7 = f32x4.add(s7, f32x4.mul(a, v128.load(high, 240)));
    }
  }
  add16(out, s0, s1, s2, s3);
  add16(out + 64, s4, s5, s6, s7);
}
