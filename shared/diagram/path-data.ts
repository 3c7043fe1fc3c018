/** Reads the SVG path data that this folder writes: M, L, H, V, C, S and Z, absolute or relative. */

export type PathStep =
  | { readonly type: "move" | "line"; readonly x: number; readonly y: number }
  | { readonly type: "curve"; readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number; readonly x: number; readonly y: number }
  | { readonly type: "close" };

const COMMAND = /([MLHVCSZmlhvcsz])([^A-Za-z]*)/g;
const NUMBER = /-?(?:\d+\.?\d*|\.\d+)/g;
const COUNTS: Readonly<Record<string, number>> = { m: 2, l: 2, h: 1, v: 1, c: 6, s: 4 };

/** Absolute steps. Commands that it does not know are left out. */
export function pathSteps(data: string): PathStep[] {
  const reader = new Reader();
  for (const [, command = "", rest = ""] of data.matchAll(COMMAND)) reader.command(command, (rest.match(NUMBER) ?? []).map(Number));
  return reader.steps;
}

class Reader {
  readonly steps: PathStep[] = [];
  private x = 0;
  private y = 0;
  private startX = 0;
  private startY = 0;
  /** The second control of the last curve, which `s` mirrors. */
  private control: { x: number; y: number } | undefined;

  command(letter: string, numbers: readonly number[]): void {
    const lower = letter.toLowerCase();
    if (lower === "z") {
      this.steps.push({ type: "close" });
      this.x = this.startX;
      this.y = this.startY;
      return;
    }
    const count = COUNTS[lower] ?? numbers.length;
    for (let i = 0; i + count <= numbers.length && count > 0; i += count) {
      this.one(lower === "m" && i > 0 ? "l" : lower, letter === lower, numbers.slice(i, i + count));
    }
  }

  private one(command: string, relative: boolean, [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: readonly number[]): void {
    const dx = relative ? this.x : 0, dy = relative ? this.y : 0;
    const mirrored = this.control === undefined ? { x: this.x, y: this.y } : { x: 2 * this.x - this.control.x, y: 2 * this.y - this.control.y };
    if (command !== "c" && command !== "s") this.control = undefined;
    switch (command) {
      case "m":
        this.startX = a + dx;
        this.startY = b + dy;
        return this.go("move", this.startX, this.startY);
      case "l": return this.go("line", a + dx, b + dy);
      case "h": return this.go("line", a + dx, this.y);
      case "v": return this.go("line", this.x, a + dy);
      case "c": return this.bend(a + dx, b + dy, c + dx, d + dy, e + dx, f + dy);
      case "s": return this.bend(mirrored.x, mirrored.y, a + dx, b + dy, c + dx, d + dy);
    }
  }

  private go(type: "move" | "line", x: number, y: number): void {
    this.steps.push({ type, x, y });
    this.x = x;
    this.y = y;
  }

  private bend(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    this.steps.push({ type: "curve", x1, y1, x2, y2, x, y });
    this.control = { x: x2, y: y2 };
    this.x = x;
    this.y = y;
  }
}
