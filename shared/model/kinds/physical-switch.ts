import { z } from "../zod";
import { flag, named } from "../primitives";

export const physicalSwitchSchema = z.strictObject({
  ...named,
  privateVlanAware: flag({ title: "Private-VLAN aware", group: "Isolation" }),
});
