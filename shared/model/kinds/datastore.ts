import { z } from "../zod";
import { field, flag, named, optionalRef, ref } from "../primitives";

export const datastoreSchema = z.strictObject({
  ...named,
  hypervisors: field(z.array(ref("hypervisors", { title: "Hypervisor" })).optional(), { title: "Hypervisors", group: "Storage", refersTo: "hypervisors" }),
  encrypted: flag({ title: "Encrypted", group: "Storage" }),
  secureErase: flag({ title: "Secure erase", group: "Storage" }),
  storageNetwork: optionalRef("managementInterfaces", { title: "Storage network", group: "Storage" }),
});
