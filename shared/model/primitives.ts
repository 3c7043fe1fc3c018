/**
 * The small value types of the document: ids, VLAN ids and lists, MAC and IP addresses, selectors, services, dates.
 * Their written form is read where its meaning lives (`vlan-set.ts`, `address.ts`, `services.ts`); what they name is checked in `validate/`.
 */
import { isCidr, parseMac } from "./address";
import { parseDate } from "./date";
import { parseIp } from "./ip";
import { parseService } from "./services";
import { readVlanList } from "./vlan-set";
import { z } from "./zod";

/** `[a-z0-9][a-z0-9._:-]{0,127}`; unique across the whole document. */
export const ID_PATTERN = /^[a-z0-9][a-z0-9._:-]{0,127}$/;

/** How an inspector shows a field and how the JSON Schema describes it. */
export interface FieldMeta {
  /** Label in the inspector. */
  title: string;
  /** One sentence: what the field means and what follows from it. */
  description?: string;
  /** Unit shown after the value, such as `MHz` or `Mbit/s`. */
  unit?: string;
  /** Inspector group. */
  group?: FieldGroup;
  /** For references: the collection that the id must be in, `hosts.nics` for an adapter of the hypervisor's host, or `selector`. */
  refersTo?: string;
}

export type FieldGroup = "Identity" | "Network" | "Isolation" | "Guest" | "Hardening" | "Resources" | "Storage";

/** Attaches inspector and JSON Schema metadata to a field's schema. Must be the last call on it. */
export function field<T extends z.ZodType>(schema: T, meta: FieldMeta): T {
  // A schema that becomes optional is a new one, which nobody else describes; any other may be shared and is copied. Making schemas is what starting takes longest for.
  if (schema.type !== "optional" || z.globalRegistry.has(schema)) return schema.meta({ ...meta });
  z.globalRegistry.add(schema, { ...meta });
  return schema;
}

const booleanSchema = z.boolean(), stringSchema = z.string();

/** An optional yes or no. */
export function flag(meta: FieldMeta): z.ZodOptional<z.ZodBoolean> {
  return field(booleanSchema.optional(), meta);
}

/** An optional text without a form of its own. */
export function text(meta: FieldMeta): z.ZodOptional<z.ZodString> {
  return field(stringSchema.optional(), meta);
}

export const idSchema = z.string().regex(ID_PATTERN, "an id such as web-1: [a-z0-9][a-z0-9._:-]{0,127}");
/** Zero or more, in the unit of its field. */
export const amountSchema = z.number().nonnegative();
export const vlanIdSchema = z.number().int().min(1, "a VLAN id from 1 to 4094").max(4094, "a VLAN id from 1 to 4094");
/** A list such as `10,20,100-199`, or `all`. */
export const vlanListSchema = z.string().superRefine((text, context) => {
  const list = readVlanList(text);
  if (!list.ok) context.addIssue({ code: "custom", message: "a list such as 10,20-29 of VLANs from 1 to 4094, or all", params: { wrong: list.reason } });
});
export const macSchema = written("not a MAC address", "six octets such as 00:50:56:00:00:01", (text) => parseMac(text) !== undefined);
/** `10.0.0.11/24` or `fd00::1/64`. */
export const cidrSchema = written("not an address with a prefix length", "CIDR such as 10.0.0.11/24 or fd00::1/64", isCidr);
export const ipSchema = written("not an IP address", "an address such as 10.0.0.1 or fd00::1, without a prefix length", (text) => parseIp(text) !== undefined);
export const serviceSchema = written("not a service", "any, icmp, tcp, udp, tcp/443 or udp/5000-5010 with ports from 1 to 65535", (text) => parseService(text) !== undefined);
/** `2027-06-30`. */
export const dateSchema = written("not a date", "a day such as 2027-06-30", (text) => parseDate(text) !== undefined);
/** A party or a group of parties; read by `selector.ts`. */
export const selectorSchema = z.string().meta({ refersTo: "selector" });

/** A string with a form of its own: what is wrong with another, what would be right, and the test. */
function written(wrong: string, expected: string, test: (text: string) => boolean): z.ZodString {
  return z.string().refine(test, { error: expected, params: { wrong } });
}

/** A reference to a record of `collection`. */
export function ref(collection: string, meta: Omit<FieldMeta, "refersTo">): z.ZodString {
  return field(stringSchema, { ...meta, refersTo: collection });
}

export function optionalRef(collection: string, meta: Omit<FieldMeta, "refersTo">): z.ZodOptional<z.ZodString> {
  return text({ ...meta, refersTo: collection });
}

/** `description` and `tags`, which every record may have, with a required `name`. */
export const named = {
  name: field(z.string(), { title: "Name", group: "Identity" }),
  description: text({ title: "Description", group: "Identity" }),
  tags: field(z.array(z.string()).optional(), { title: "Tags", group: "Identity", description: "Selected by tag:NAME in rules and policy." }),
};

/** The same for trunks, uplinks, nics and interfaces, whose name may be absent. */
export const maybeNamed = {
  name: text({ title: "Name", group: "Identity" }),
  description: named.description,
  tags: named.tags,
};

/** A port of a physical switch: either end of a trunk, or where an uplink is plugged in. */
export const portSchema = z.discriminatedUnion("mode", [
  z.strictObject({
    mode: z.literal("access"),
    vlan: field(vlanIdSchema, { title: "VLAN", group: "Network" }),
  }),
  z.strictObject({
    mode: z.literal("trunk"),
    allowed: field(vlanListSchema.optional(), { title: "Allowed VLANs", group: "Network", description: "A list such as 10,20-29, or all. Absent: unknown." }),
    native: field(vlanIdSchema.optional(), { title: "Native VLAN", group: "Network", description: "Absent: no untagged frame goes in or out." }),
    tagNative: flag({ title: "Tag native VLAN", group: "Network", description: "The native VLAN leaves tagged and untagged frames are dropped." }),
  }),
]);
export type Port = z.infer<typeof portSchema>;

const acceptReject = z.enum(["accept", "reject"]);

/** The three security settings of a virtual switch or port group; absent fields fall back as `defaults.ts` says. */
export const switchSecuritySchema = z.strictObject({
  promiscuous: field(acceptReject.optional(), { title: "Promiscuous mode", group: "Isolation" }),
  macChanges: field(acceptReject.optional(), { title: "MAC changes", group: "Isolation" }),
  forgedTransmits: field(acceptReject.optional(), { title: "Forged transmits", group: "Isolation" }),
});
