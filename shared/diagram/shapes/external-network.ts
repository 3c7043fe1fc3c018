import { drawDevice } from "./card";
import type { Shape } from "./shape";

export const externalNetworkShape: Shape = { over: (node, state) => drawDevice(node, state) };
