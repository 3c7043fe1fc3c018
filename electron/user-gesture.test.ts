import { expect, it } from "vitest";
import { UserGesture } from "./user-gesture";

it("allows one thing after a key, a click or a choice, and nothing before or long after it", () => {
  let now = 0;
  const gesture = new UserGesture(() => now);
  expect(gesture.use()).toBe(false);
  gesture.saw("rawKeyDown");
  expect([gesture.use(), gesture.use()]).toEqual([true, false]);
  gesture.saw("mouseUp");
  now = 5001;
  expect(gesture.use()).toBe(false);
  gesture.made();
  now = 10_001;
  expect(gesture.use()).toBe(true);
});

it("takes no move of the pointer for a wish", () => {
  const gesture = new UserGesture(() => 0);
  for (const type of ["mouseMove", "mouseEnter", "mouseWheel", "keyUp", "gestureScrollBegin"]) gesture.saw(type);
  expect(gesture.use()).toBe(false);
});
