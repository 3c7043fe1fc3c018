import { drawCard } from "./card";
import type { Shape } from "./shape";

export const managementInterfaceShape: Shape = { over: drawCard };
