/** Cables as the picture's worker hands them over: their coordinates in one array. Pure. */
import type { SceneCable } from "../../shared/diagram/elements";
import type { Box, Point, Route } from "../../shared/diagram/geometry";
import type { PackedCables } from "./protocol";

export function packCables(cables: readonly SceneCable[]): PackedCables {
  const lengths = Uint16Array.from(cables, ({ route }) => route.length);
  const numbers = new Float64Array(lengths.reduce((sum, length) => sum + 2 * length, 4 * cables.length));
  let at = 0;
  for (const { labelBox, route } of cables) {
    numbers.set([labelBox.x, labelBox.y, labelBox.width, labelBox.height], at);
    at += 4;
    for (const { x, y } of route) {
      numbers[at++] = x;
      numbers[at++] = y;
    }
  }
  return { cables: cables.map(({ route: _, labelBox: __, ...rest }) => rest), lengths, numbers };
}

export function unpackCables({ cables, lengths, numbers }: PackedCables): SceneCable[] {
  let at = 0;
  return cables.map((cable, index) => {
    const start = at;
    at += 4 + 2 * (lengths[index] ?? 0);
    return new PackedCable(cable, numbers.subarray(start, at));
  });
}

/** A cable that makes its points when somebody asks for them: most are never looked at one by one. */
class PackedCable implements SceneCable {
  readonly id; readonly kind; readonly entity; readonly source; readonly target; readonly label; readonly labelShown; readonly vlans; readonly segments; readonly disconnected;
  private points: Route | undefined;

  constructor(cable: PackedCables["cables"][number], private readonly numbers: Float64Array) {
    this.id = cable.id;
    this.kind = cable.kind;
    this.entity = cable.entity;
    this.source = cable.source;
    this.target = cable.target;
    this.label = cable.label;
    this.labelShown = cable.labelShown;
    this.vlans = cable.vlans;
    this.segments = cable.segments;
    this.disconnected = cable.disconnected;
  }

  get labelBox(): Box {
    const [x = 0, y = 0, width = 0, height = 0] = this.numbers;
    return { x, y, width, height };
  }

  get route(): Route {
    if (this.points === undefined) {
      const points: Point[] = [];
      for (let i = 4; i + 1 < this.numbers.length; i += 2) points.push({ x: this.numbers[i] ?? 0, y: this.numbers[i + 1] ?? 0 });
      this.points = points;
    }
    return this.points;
  }
}
