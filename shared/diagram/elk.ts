/**
 * ELK (Eclipse Layout Kernel, EPL-2.0) as the engine of layers. Its worker is the package's own file, unmodified and apart from our
 * bundles; this is a client of its messages. Made for one arrangement, ended by `end`.
 */
import type { Level } from "./arrange-levels";
import type { LayerEngine } from "./arrange-layered";
import type { Point } from "./geometry";

/** What is needed of a worker. */
export interface ElkWorker {
  postMessage(message: unknown): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onerror?: (() => void) | null;
  terminate(): void;
}

interface Answer {
  readonly id: number;
  readonly data?: { readonly children?: readonly { readonly id: string; readonly x?: number; readonly y?: number }[] };
  readonly error?: { readonly message?: string } | string;
}

export interface Elk {
  readonly place: LayerEngine;
  /** Whoever still waits is told that it was ended. */
  end(): void;
}

export class ArrangementEnded extends Error {}

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.direction": "DOWN",
  "elk.randomSeed": "1",
  "elk.aspectRatio": "1.7",
  "elk.padding": "[top=0,left=0,bottom=0,right=0]",
  "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
  "elk.layered.nodePlacement.bk.fixedAlignment": "BALANCED",
} as const;

export function startElk(worker: ElkWorker): Elk {
  const waiting = new Map<number, { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void }>();
  let last = 0;
  const fail = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const send = (message: object): Promise<Answer> => {
    last += 1;
    const id = last;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, ...message });
    });
  };
  worker.onmessage = ({ data }) => {
    const answer = data as Answer, asker = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.error === undefined) asker?.resolve(answer);
    else asker?.reject(new Error(typeof answer.error === "string" ? answer.error : (answer.error.message ?? "the layout failed")));
  };
  worker.onerror = () => fail(new Error("the layout's worker could not be started or has failed"));
  const registered = send({ cmd: "register", algorithms: ["layered"] });
  // Whoever has something placed is told; where nothing needs an engine, nobody asks, and that is no failure.
  registered.catch(() => undefined);
  return {
    place: async (level) => {
      await registered;
      return placesFrom(await send({ cmd: "layout", graph: graphOf(level), layoutOptions: {}, options: {} }));
    },
    end: () => {
      worker.terminate();
      fail(new ArrangementEnded("ended"));
    },
  };
}

function graphOf({ boxes, edges, gap }: Level): object {
  const layoutOptions = {
    ...OPTIONS, "elk.spacing.nodeNode": gap.across, "elk.layered.spacing.nodeNodeBetweenLayers": gap.down,
    "elk.spacing.componentComponent": gap.across, "elk.spacing.edgeNode": 16,
  };
  return {
    id: "level", layoutOptions,
    children: boxes.map(({ id, width, height }) => ({ id: `n:${id}`, width, height })),
    edges: edges.map(([from, to], index) => ({ id: `e:${index}`, sources: [`n:${from}`], targets: [`n:${to}`] })),
  };
}

function placesFrom({ data }: Answer): ReadonlyMap<string, Point> {
  return new Map((data?.children ?? []).map(({ id, x = 0, y = 0 }) => [id.slice(2), { x, y }]));
}
