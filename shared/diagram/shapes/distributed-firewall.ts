import { drawDevice } from "./card";
import type { Shape } from "./shape";

export const distributedFirewallShape: Shape = { over: (node, state) => drawDevice({ ...node, dashed: true }, state) };
