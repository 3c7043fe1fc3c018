import { drawDevice } from "./card";
import type { Shape } from "./shape";

export const firewallShape: Shape = { over: (node, state) => drawDevice(node, state) };
