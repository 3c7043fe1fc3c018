import { expect, it } from "vitest";
import { OpenPorts } from "./open-ports";

it("a second port of entry opens the exit that the first had closed, a third nothing new", () => {
  const open = new OpenPorts();
  expect([open.enter(1, 7), open.enter(1, 7), open.enter(1, 8), open.enter(1, 9), open.enter(1, 7)]).toEqual([true, false, true, false, false]);
});

it("a place where the frame starts has every exit open", () => {
  const open = new OpenPorts();
  expect([open.enter(1), open.enter(1, 7), open.enter(2, 7)]).toEqual([true, false, true]);
});
