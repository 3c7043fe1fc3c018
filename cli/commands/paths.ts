import { Option, type Command } from "commander";
import { evaluate } from "../../shared/analysis/evaluate";
import { PLACEMENTS, type AttackPaths, type PlacementName } from "../../shared/analysis/result";
import { attackPaths } from "../../shared/attack/paths";
import { record, type Topology } from "../../shared/model/topology";
import type { Network } from "../../shared/network/types";
import { pathsText } from "../../shared/reports/paths-text";
import type { Place } from "../../shared/rules/rule";
import { EXIT } from "../failure";
import { readTopology, writeOutput } from "../files";
import { paintFor, withCommon, type CommonOptions } from "../options";
import { resolveParties } from "../parties";

export function registerPaths(program: Command, done: (status: number) => void): void {
  withCommon(program.command("paths").description("attack paths: network steps and non-network steps (clipboard, shared memory, escape …)"), ["text", "json"])
    .argument("<file>", "a document; - is standard input")
    .requiredOption("--from <selector>", "whom the attacker has, such as vm:a-web, tenant:tenant-a or external:internet")
    .option("--to <selector>", "what is to be got at, such as tenant:tenant-b, hypervisor:esx-1 or management; absent: every other tenant and every hypervisor")
    .addOption(new Option("--placement <where>", "where VMs count as running: drawn, or cluster: on any host where live migration or a restart could put them").choices(PLACEMENTS).default("drawn"))
    .action((file: string, options: CommonOptions & { from: string; to?: string; placement: PlacementName }) => {
      const { topology } = readTopology(file);
      const evaluation = evaluate(topology, options);
      const { network } = evaluation;
      const from = resolveParties(topology, network, "--from", options.from);
      const found = attackPaths(evaluation, { from, to: options.to === undefined ? undefined : placesOf(topology, network, options.to), placement: options.placement });
      const text = options.format === "json" ? `${JSON.stringify(ordered(found), null, 2)}\n` : pathsText(found, options.from, options.to, paintFor(options.output));
      if (options.format === "json" || options.quiet !== true || options.output !== undefined) writeOutput(options.output ?? "-", text);
      done(found.paths.length === 0 ? EXIT.clean : EXIT.findings);
    });
}

/** `hypervisor:ID` is the hypervisor and not its management interfaces, which are only a way to it; the bare id of one, or of a datastore, is taken too. */
function placesOf(topology: Topology, network: Network, selector: string): Place[] {
  if (record(topology, "datastores", selector) !== undefined) return [`datastore:${selector}`];
  const hypervisor = selector.startsWith("hypervisor:") ? selector.slice("hypervisor:".length) : selector;
  if (record(topology, "hypervisors", hypervisor) !== undefined && network.party(selector) === undefined) return [`hypervisor:${hypervisor}`];
  return resolveParties(topology, network, "--to", selector).flatMap((id): Place[] => {
    const kind = network.party(id)?.kind;
    return kind === "vm" ? [`vm:${id}`] : kind === undefined || kind === "external" ? [] : [`management:${id}`];
  });
}

/** With the order of keys that the contract has. */
function ordered({ paths, reached, cuts, separate }: AttackPaths): AttackPaths {
  return {
    paths: paths.map(({ cost, steps }) => ({ cost, steps: steps.map(({ from, to, channel, rule, detail, finding, moves }) => ({ from, to, channel, rule, detail, ...(finding === undefined ? {} : { finding }), ...(moves === undefined ? {} : { moves }) })) })),
    reached, cuts: cuts.map(({ title, edits, cuts: count }) => ({ title, edits, cuts: count })), separate: separate.map(({ title, edits, cuts: count }) => ({ title, edits, cuts: count })),
  };
}
