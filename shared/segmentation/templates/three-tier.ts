import { entries, record, type Topology } from "../../model/topology";
import type { Intent } from "../../model/policy";
import { isWorkload } from "../../rules/workload";
import type { Board } from "../../rules/remedy/board";
import { enclose, type Enclave } from "../enclave";
import { guardPortGroups, moveApart, reconnect } from "../relocate";
import { DISTRIBUTED, isOn, type SegmentationTemplate, type Values } from "./template";
import { markZone } from "./zone";

const TIERS = [
  { id: "web", name: "Web", words: /(^|[-_. ])(web|www|front|dmz|proxy|lb)/i },
  { id: "app", name: "Application", words: /(^|[-_. ])(app|api|back|logic|middle)/i },
  { id: "db", name: "Database", words: /(^|[-_. ])(db|data|sql|store)/i },
] as const;

/** Clients reach the web tier, the web tier the application, the application the database, and nobody anything else. */
export const threeTier: SegmentationTemplate = {
  id: "three-tier",
  title: "Three tiers",
  what: "Web, application and database VMs are tagged and get a VLAN each with guarded port groups; the flows from tier to tier become required in the policy, and at every filter the rest is denied.",
  parameters: [
    { name: "tenant", kind: "tenants", what: "whose VMs are looked at for tiers" },
    { name: "name", kind: "name", what: "the application: tags are NAME-web, NAME-app and NAME-db" },
    ...TIERS.map(({ id, name }) => ({ name: id, kind: "vms" as const, what: `the ${name.toLowerCase()} tier` })),
    { name: "clients", kind: "selectors", what: "who may reach the web tier" },
    { name: "web-services", kind: "services", what: "on what" },
    { name: "app-services", kind: "services", what: "on what the web tier reaches the application" },
    { name: "db-services", kind: "services", what: "on what the application reaches the database" },
    { name: "vlans", kind: "vlans", what: "the VLANs of web, application and database; absent: free ones" },
    DISTRIBUTED,
  ],
  suggest: ({ topology }, given) => ({
    ...tiersOf(topology, given["tenant"]?.[0] ?? tenantOf(topology, given) ?? largestTenant(topology)), clients: entries(topology, "externalNetworks").filter(([, { trust }]) => trust === "untrusted").map(([id]) => `external:${id}`),
    "web-services": ["tcp/443"], "app-services": ["tcp/8443"], "db-services": ["tcp/5432"], distributed: ["no"],
  }),
  build({ before, board, values }) {
    const name = values["name"]?.[0] ?? "tier";
    const problem = problemWith(before.topology, values);
    if (problem !== undefined) return problem;
    const tiers = TIERS.map((tier, index) => ({ ...tier, tag: `${name}-${tier.id}`, vms: values[tier.id] ?? [], vlan: values["vlans"]?.[index] })).filter(({ vms }) => vms.length > 0);
    for (const { tag, id, vms } of tiers) markZone(board, vms, { tag, zone: id });
    for (const { tag, name: called, vms, vlan } of tiers) {
      if (!moveApart(board, before, { id: tag, name: called, members: new Set(vms), vlan: vlan === undefined ? undefined : Number(vlan) })) return "no VLAN is free";
    }
    const present = new Set<string>(tiers.map(({ id }) => id));
    for (const intent of flowsBetween(name, values)) if (intent.needs.every((tier) => present.has(tier))) requireFlow(board, intent.entry);
    const members = new Set(tiers.flatMap(({ vms }) => vms));
    guardPortGroups(board, before, members);
    reconnect(board, before, members);
    const enclaves = tiers.map(({ tag, name: called, vms }): Enclave => ({ id: tag, name: `${called} tier`, selectors: [`tag:${tag}`], members: new Set(vms), inside: true }));
    enclose(board, before, enclaves, isOn(values, "distributed"));
    return undefined;
  },
};

function problemWith(topology: Topology, values: Values): string | undefined {
  const owners = new Map<string, string>();
  for (const { id } of TIERS) {
    for (const vm of values[id] ?? []) {
      const other = owners.get(vm);
      if (other !== undefined) return `${vm} is in the tiers ${other} and ${id}; it can be in one`;
      owners.set(vm, id);
    }
  }
  const tenants = new Set([...owners.keys()].map((vm) => record(topology, "vms", vm)?.tenant));
  if (tenants.size > 1) return `the VMs are of ${tenants.size} tenants, who would share a VLAN; apply the template for each tenant`;
  return TIERS.filter(({ id }) => (values[id] ?? []).length > 0).length < 2 ? "fewer than two tiers have VMs; name them with web, app and db" : undefined;
}

function flowsBetween(name: string, values: Values): { readonly needs: readonly string[]; readonly entry: Intent }[] {
  const tag = (tier: string): string[] => [`tag:${name}-${tier}`];
  const services = (tier: string): string[] => [...(values[`${tier}-services`] ?? [])];
  const clients = values["clients"] ?? [];
  return [
    ...(clients.length === 0 ? [] : [{ needs: ["web"], entry: { id: `${name}-clients-web`, from: [...clients], to: tag("web"), services: services("web"), reason: "Clients use the web tier" } }]),
    { needs: ["web", "app"], entry: { id: `${name}-web-app`, from: tag("web"), to: tag("app"), services: services("app"), reason: "The web tier calls the application" } },
    { needs: ["app", "db"], entry: { id: `${name}-app-db`, from: tag("app"), to: tag("db"), services: services("db"), reason: "The application stores its data" } },
  ];
}

/** An entry of this id is the one that an earlier application made; it gets the new values. */
function requireFlow(board: Board, wanted: Intent): void {
  const { require: entriesNow = [], allow = [] } = board.topology.policy ?? {};
  const entry = allow.some(({ id }) => id === wanted.id) ? { ...wanted, id: `${wanted.id}-required` } : wanted;
  const at = entriesNow.findIndex(({ id }) => id === entry.id);
  if (at < 0) board.set(["policy", "require"], [...entriesNow, entry]);
  else if (JSON.stringify(entriesNow[at]) !== JSON.stringify(entry)) board.set(["policy", "require", at], entry);
}

/** Whose the VMs are that are given by id. */
function tenantOf(topology: Topology, given: Values): string | undefined {
  return TIERS.flatMap(({ id }) => given[id] ?? []).map((vm) => record(topology, "vms", vm.replace(/^vm:/, ""))?.tenant).find((tenant) => tenant !== undefined);
}

/** The tenant with most VMs that look like a tier. */
function largestTenant(topology: Topology): string | undefined {
  const counts = new Map<string | undefined, number>();
  for (const [, { tenant, ...vm }] of entries(topology, "vms")) if (tierOf(vm.name, vm.name, vm.zone) !== undefined) counts.set(tenant, (counts.get(tenant) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** The tiers of a tenant, or of the VMs that are nobody's. */
function tiersOf(topology: Topology, tenant: string | undefined): Values {
  const found: Record<string, string[]> = { web: [], app: [], db: [] };
  for (const [id, vm] of entries(topology, "vms")) {
    const tier = vm.tenant === tenant && isWorkload(vm) && vm.nics !== undefined ? tierOf(id, vm.name, vm.zone) : undefined;
    if (tier !== undefined) found[tier]?.push(id);
  }
  return { ...found, ...(tenant === undefined ? {} : { tenant: [tenant] }), name: [(tenant ?? "tier").replace(/[^a-z0-9._-]/g, "-").slice(0, 32)] };
}

/** By what its zone says, else its id and name. */
function tierOf(id: string, name: string, zone = ""): string | undefined {
  return [zone, id, name].map((text) => TIERS.find(({ words }) => words.test(text))).find((one) => one !== undefined)?.id;
}
