import { z } from "./zod";

/** Picture only: position and size in canvas pixels, relative to the parent's top left corner. Nothing here changes the analysis. */
export const placementSchema = z.strictObject({
  x: z.number(),
  y: z.number(),
  width: z.number().nonnegative().optional(),
  height: z.number().nonnegative().optional(),
  collapsed: z.boolean().optional(),
});
export type Placement = z.infer<typeof placementSchema>;
