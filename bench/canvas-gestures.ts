/** Gestures on a picture, and what they cost: frames, and what the program computes for each. */
import { processorTime, type Opened } from "./canvas-subjects";

export interface Cost {
  readonly framesPerSecond: number;
  /** Milliseconds of all processes of the program together. */
  readonly processorPerFrame: number;
}

const STEPS = 60;

interface Way {
  readonly from: { readonly x: number; readonly y: number };
  readonly button: "left" | "middle";
}

/** Pulls with a button of the mouse, there and back. */
async function pull({ page }: Opened, { from, button }: Way, counted: (steps: () => Promise<void>) => Promise<void>): Promise<void> {
  await page.mouse.move(from.x, from.y);
  await page.waitForTimeout(300);
  await page.mouse.down({ button });
  await page.mouse.move(from.x + 6, from.y + 4);
  await counted(async () => {
    for (let step = 1; step <= STEPS; step += 1) {
      const away = step <= STEPS / 2 ? step : STEPS - step;
      await page.mouse.move(from.x + 6 + away * 6, from.y + 4 + away * 3);
    }
  });
  await page.mouse.up({ button });
}

async function costOf(opened: Opened, way: Way): Promise<Cost> {
  const { app, page } = opened;
  let cost: Cost | undefined;
  await pull(opened, way, async (steps) => {
    await page.evaluate(() => {
      const counter = { frames: 0, goes: true };
      Object.assign(window, { counter });
      void (async () => {
        while (counter.goes) {
          await new Promise((resolve) => requestAnimationFrame(resolve));
          counter.frames += 1;
        }
      })();
    });
    const before = await processorTime(app), start = performance.now();
    await steps();
    const seconds = (performance.now() - start) / 1000, computed = (await processorTime(app)) - before;
    const frames = await page.evaluate(() => {
      const { counter } = window as unknown as { counter: { frames: number; goes: boolean } };
      counter.goes = false;
      return counter.frames;
    });
    cost = { framesPerSecond: frames / seconds, processorPerFrame: (computed * 1000) / Math.max(1, frames) };
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
    measured[gesture] = await costOf(opened, gesture === "nearDrag" ? { from: centre, button: "left" } : { from: gesture === "farPan" ? corner : { x: centre.x, y: centre.y + 52 }, button: panButton });
  }
  return measured;
}
