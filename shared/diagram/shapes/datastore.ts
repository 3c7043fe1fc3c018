import { drawDevice } from "./card";
import type { Shape } from "./shape";

export const datastoreShape: Shape = { over: (node, state) => drawDevice(node, state) };
