import { Option, type Command } from "commander";
import { evaluate } from "../../shared/analysis/evaluate";
import { PLACEMENTS, type AttackPaths, type PlacementName } from "../../shared/analysis/result";
import { attackPaths } from "../../shared/attack/paths";
import { targetsOf } from "../../shared/attack/targets";
import { pathsText } from "../../shared/reports/paths-text";
import { readWithRules, withRules, type RulesOptions } from "../custom-rules";
import { EXIT } from "../failure";
import { writeOutput } from "../files";
import { paintFor, withCommon, type CommonOptions } from "../options";
import { resolveParties } from "../parties";

export function registerPaths(program: Command, done: (status: number) => void): void {
  withRules(withCommon(program.command("paths").description("attack paths: network steps and non-network steps (clipboard, shared memory, escape …)"), ["text", "json"]))
    .argument("<file>", "a document; - is standard input")
    .requiredOption("--from <selector>", "whom the attacker has, such as vm:a-web, tenant:tenant-a or external:internet")
    .option("--to <selector>", "what is to be got at, such as tenant:tenant-b, hypervisor:esx-1 or management; absent: every other tenant and every hypervisor")
    .addOption(new Option("--placement <where>", "where VMs count as running: drawn, or cluster: on any host where live migration or a restart could put them").choices(PLACEMENTS).default("drawn"))
    .action(async (file: string, options: CommonOptions & RulesOptions & { from: string; to?: string; placement: PlacementName }) => {
      const { topology, customRules } = await readWithRules(file, options);
      const evaluation = evaluate(topology, { today: options.today, assume: options.assume, customRules });
      const { network } = evaluation;
      const parties = (option: string) => (text: string): string[] => resolveParties(topology, network, option, text);
      const from = parties("--from")(options.from);
      const found = attackPaths(evaluation, { from, to: options.to === undefined ? undefined : targetsOf(topology, network, options.to, parties("--to")), placement: options.placement });
      const text = options.format === "json" ? `${JSON.stringify(ordered(found), null, 2)}\n` : pathsText(found, options.from, options.to, paintFor(options.output));
      if (options.format === "json" || options.quiet !== true || options.output !== undefined) writeOutput(options.output ?? "-", text);
      done(found.paths.length === 0 ? EXIT.clean : EXIT.findings);
    });
}

/** With the keys that the contract has, in its order. */
function ordered({ paths, reached, cuts, separate }: AttackPaths): object {
  return {
    paths: paths.map(({ cost, steps }) => ({ cost, steps: steps.map(({ from, to, channel, rule, detail, finding, moves }) => ({ from, to, channel, rule, detail, ...(finding === undefined ? {} : { finding }), ...(moves === undefined ? {} : { moves }) })) })),
    reached, cuts: cuts.map(({ title, edits, cuts: count }) => ({ title, edits, cuts: count })), separate: separate.map(({ title, edits, cuts: count }) => ({ title, edits, cuts: count })),
  };
}
