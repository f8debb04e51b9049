/** Element i of a list of integers. */
export function at(list: usize, i: i32): i32 {
  return load<i32>(list + ((<usize>i) << 2));
}

export function put(list: usize, i: i32, value: i32): void {
  store<i32>(list + ((<usize>i) << 2), value);
}
