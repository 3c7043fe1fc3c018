/** Port ranges as values with masks, which is what a flow of Open vSwitch matches by. */

/** `443` and `8000-8100` as `443`, `0x1f40/0xffc0` …: the fewest blocks whose size is a power of two that hold the range and nothing else. */
export function portMasks(range: string): string[] {
  const [low = 0, high = low] = range.split("-").map(Number);
  const found: string[] = [];
  for (let port = low; port <= high;) {
    let size = 1;
    while (port % (size * 2) === 0 && port + size * 2 - 1 <= high) size *= 2;
    found.push(size === 1 ? String(port) : `${hex(port)}/${hex(0x10000 - size)}`);
    port += size;
  }
  return found;
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(4, "0")}`;
}
