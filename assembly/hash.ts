/** MurmurHash3's step and finaliser: every bit of the key reaches every bit of the hash. */
export function mix(hash: u32, key: u32): u32 {
  const k = rotl<u32>(key * 0xcc9e2d51, 15) * 0x1b873593;
  let h: u32 = rotl<u32>(hash ^ k, 13) * 5 + 0xe6546b64;
  h = (h ^ (h >> 16)) * 0x85ebca6b;
  h = (h ^ (h >> 13)) * 0xc2b2ae35;
  return h ^ (h >> 16);
}
