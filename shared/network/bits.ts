/** Sets of rule indices as bits, 32 to a word. */
export type Bits = Uint32Array;

export function emptyBits(size: number): Bits {
  return new Uint32Array((size + 31) >>> 5);
}

export function setBit(bits: Bits, index: number): void {
  bits[index >>> 5] = (bits[index >>> 5] as number) | (1 << (index & 31));
}

export function hasBit(bits: Bits, index: number): boolean {
  return ((bits[index >>> 5] as number) & (1 << (index & 31))) !== 0;
}

/** The indices that are in all three, ascending; stops where `visit` gives false. */
export function eachCommon(a: Bits, b: Bits, c: Bits, visit: (index: number) => boolean): void {
  for (let word = 0; word < a.length; word += 1) {
    let left = (a[word] as number) & (b[word] as number) & (c[word] as number);
    while (left !== 0) {
      const bit = 31 - Math.clz32(left & -left);
      if (!visit(word * 32 + bit)) return;
      left &= left - 1;
    }
  }
}

export function and(a: Bits, b: Bits): Bits {
  const common = new Uint32Array(a.length);
  for (let word = 0; word < a.length; word += 1) common[word] = (a[word] as number) & (b[word] as number);
  return common;
}

/** Adds `more` to `bits`; whether that changed anything. */
export function addAll(bits: Bits, more: Bits): boolean {
  let changed = false;
  for (let word = 0; word < bits.length; word += 1) {
    const before = bits[word] as number;
    const now = (before | (more[word] as number)) >>> 0;
    if (now === before) continue;
    bits[word] = now;
    changed = true;
  }
  return changed;
}
