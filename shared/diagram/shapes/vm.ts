import { drawCard } from "./card";
import type { Shape } from "./shape";

export const vmShape: Shape = { over: drawCard };
