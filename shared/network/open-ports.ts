/**
 * Which places a walk has entered, and by how many ports. A frame does not leave by the port it came in by, so entering a place a second
 * time by another port opens the one exit that the first had closed; a third time nothing new.
 */
import type { PortId } from "./wiring";

const SEVERAL = -2;
const STARTED_HERE = -1;

export class OpenPorts {
  private readonly entered = new Map<number, number>();

  /** Notes that a frame is at a place, come in by a port (none where it starts). False where it goes nowhere new from there. */
  enter(place: number, ingress: PortId = STARTED_HERE): boolean {
    const before = this.entered.get(place);
    if (before === undefined) {
      this.entered.set(place, ingress);
      return true;
    }
    if (before === ingress || before === SEVERAL || before === STARTED_HERE) return false;
    this.entered.set(place, SEVERAL);
    return true;
  }
}
