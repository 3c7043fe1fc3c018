import { expect, it } from "vitest";
import { FORMAT, type Topology } from "../../shared/model/topology";
import { recordStep, redoStep, startHistory, undoStep } from "../store/history";
import { inHand, selected, stepTaken } from "./announcements";

const topology: Topology = { format: FORMAT, name: "x", vms: { web: { name: "Web", hypervisor: "h", nics: { eth0: {} } } } };

it("says what is selected", () => {
  expect(selected(topology, [])).toBe("Nothing selected");
  expect(selected(topology, ["web"])).toBe("VM Web selected");
  expect(selected(topology, ["web/eth0"])).toBe("eth0 of Web selected");
  expect(selected(topology, ["web", "gone"])).toBe("2 things selected");
});

it("says what a step was, and that it was undone or done again", () => {
  const start = startHistory("a", true);
  const stepped = recordStep(start, "add VM Web", "b");
  const undone = undoStep(stepped);
  expect(stepTaken(start, stepped)).toBe("add VM Web");
  expect(stepTaken(stepped, undone)).toBe("Undone: add VM Web");
  expect(stepTaken(undone, redoStep(undone))).toBe("Redone: add VM Web");
  expect(stepTaken(stepped, stepped)).toBeUndefined();
});

it("says what is in hand and how it is put down", () => {
  expect(inHand({ type: "kind", kind: "vms" })).toBe("VM in hand: Enter on the canvas puts it on the thing there, Escape gives it up");
});
