import { drawDevice } from "./card";
import type { Shape } from "./shape";

export const routerShape: Shape = { over: (node, state) => drawDevice(node, state) };
