/** Gestures on a picture, and what they cost: frames, and what the program computes for each. */
import { processorTime, type Opened } from "./canvas-subjects";

export interface Cost {
  /** Frames that show another state of the gesture. */
  readonly framesPerSecond: number;
  /** Milliseconds of all processes of the program together for one of those. */
  readonly processorPerFrame: number;
  /** How often the screen could have shown something new. */
  readonly refreshesPerSecond: number;
  readonly processorPerRefresh: number;
}

const STEPS = 60;

interface Way {
  readonly from: { readonly x: number; readonly y: number };
  readonly button: "left" | "middle";
  /** Pixels to the right in one step, twice as many as down. What is dragged goes from place to place of a grid: each step of the hand is one of the grid. */
  readonly stride: number;
}

/** Pulls with a button of the mouse, there and back. */
async function pull({ page }: Opened, { from, button, stride }: Way, counted: (steps: () => Promise<void>) => Promise<void>): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.waitForTimeout(300);
  await page.mouse.down({ button });
  await page.mouse.move(from.x + 6, from.y + 4);
  await counted(async () => {
    for (let step = 1; step <= STEPS; step += 1) {
      const away = step <= STEPS / 2 ? step : STEPS - step;
      await page.mouse.move(from.x + 6 + away * stride, from.y + 4 + (away * stride) / 2);
    }
  });
  await page.mouse.up({ button });
}

async function costOf(opened: Opened, way: Way): Promise<Cost> {
  const { app, page } = opened;
  let cost: Cost | undefined;
  await pull(opened, way, async (steps) => {
    await page.evaluate(`(() => {
      const counter = { refreshes: 0, frames: 0, goes: true };
      window.counter = counter;
      const shown = ${opened.shown};
      (async () => {
        for (let last = shown(); counter.goes;) {
          await new Promise((resolve) => requestAnimationFrame(resolve));
          counter.refreshes += 1;
          const now = shown();
          if (now !== last) counter.frames += 1;
          last = now;
        }
      })();
    })()`);
    const before = await processorTime(app), start = performance.now();
    await steps();
    const seconds = (performance.now() - start) / 1000, computed = (await processorTime(app)) - before;
    const { frames, refreshes } = await page.evaluate(() => {
      const { counter } = window as unknown as { counter: { frames: number; refreshes: number; goes: boolean } };
      counter.goes = false;
      return counter;
    });
    if (frames === 0) throw new Error("the gesture has moved nothing");
    const per = (count: number): number => (computed * 1000) / Math.max(1, count);
    cost = { framesPerSecond: frames / seconds, processorPerFrame: per(frames), refreshesPerSecond: refreshes / seconds, processorPerRefresh: per(refreshes) };
  });
  if (cost === undefined) throw new Error("nothing was measured");
  return cost;
}

export type Gesture = "farPan" | "nearPan" | "nearDrag";

/** In this order, in one window. */
export async function costs(opened: Opened, gestures: readonly Gesture[]): Promise<Partial<Record<Gesture, Cost>>> {
  const { area, page, panButton } = opened;
  const corner = { x: area.x + 12, y: area.y + 12 }, centre = { x: area.x + area.width / 2, y: area.y + area.height / 2 };
  const measured: Partial<Record<Gesture, Cost>> = {};
  for (const gesture of gestures) {
    await (gesture === "farPan" ? opened.far() : opened.near());
    await page.waitForTimeout(1000);
    // The things near by are in the middle; a bare place is beside them.
    measured[gesture] = await costOf(opened, gesture === "nearDrag" ? { from: centre, button: "left", stride: 12 } : { from: gesture === "farPan" ? corner : { x: centre.x, y: centre.y + 52 }, button: panButton, stride: 6 });
  }
  return measured;
}
