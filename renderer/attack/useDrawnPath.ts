import { useEffect } from "react";
import type { AttackPath, AttackStep, Hop } from "../../shared/analysis/result";
import type { ShownStep } from "../../shared/diagram/attack-overlay";
import { ask } from "../analysis/client";
import { useDocument } from "../store/document";
import { showPath, useSession } from "../store/session";

/** Draws a path on the canvas, except while a finding's evidence is open, and takes it away at the end. */
export function useDrawnPath(path: AttackPath | undefined): void {
  const hasFinding = useSession((state) => state.activeFinding !== undefined);
  useEffect(() => {
    if (hasFinding) return;
    if (path === undefined) return showPath(undefined);
    let current = true;
    void stepsOf(path).then((steps) => {
      if (current) showPath({ hops: [], tone: "violation", subjects: [], steps });
    });
    return () => { current = false; };
  }, [path, hasFinding]);
  useEffect(() => () => {
    if (useSession.getState().path?.steps !== undefined) showPath(undefined);
  }, []);
}

/** With the way of the packets, where there are some; what is sent beside them goes straight. */
function stepsOf(path: AttackPath): Promise<ShownStep[]> {
  return Promise.all(path.steps.map(async (step) => ({ from: step.from, to: step.to, channel: step.channel, moved: step.moves !== undefined, hops: await hopsOf(step) })));
}

async function hopsOf({ from, to, channel }: AttackStep): Promise<readonly Hop[]> {
  if (channel !== "network") return [];
  const { hypervisors = {} } = useDocument.getState().topology;
  try {
    const { paths } = await ask("trace", { from: Object.hasOwn(hypervisors, from) ? `hypervisor:${from}` : from, to, services: undefined, assume: "hostile" });
    return paths[0] ?? [];
  } catch {
    return [];
  }
}
