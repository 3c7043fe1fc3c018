import { z } from "../zod";
import { field, named } from "../primitives";

export const physicalSwitchSchema = z.strictObject({
  ...named,
  privateVlanAware: field(z.boolean().optional(), { title: "Private-VLAN aware", group: "Isolation" }),
});
