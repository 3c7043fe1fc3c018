import { drawDevice } from "./card";
import type { Shape } from "./shape";

export const physicalSwitchShape: Shape = { over: (node, state) => drawDevice(node, state) };
