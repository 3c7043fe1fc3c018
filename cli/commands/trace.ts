import type { Command } from "commander";
import { compileNetwork } from "../../shared/network/network";
import { parseService } from "../../shared/model/services";
import { resolveParties } from "../parties";
import { traceText } from "../../shared/reports/trace-text";
import { EXIT, InputError } from "../failure";
import { readTopology, writeOutput } from "../files";
import { paintFor, withCommon, type CommonOptions } from "../options";

export function registerTrace(program: Command, done: (status: number) => void): void {
  withCommon(program.command("trace").description("can it reach, by which path, and where it is stopped if not"), ["text", "json"])
    .argument("<file>", "a document; - is standard input")
    .requiredOption("--from <selector>", "who sends, such as vm:a-web or tenant:tenant-a")
    .requiredOption("--to <selector>", "who receives")
    .option("--service <service>", "such as tcp/443; absent: any")
    .action((file: string, options: CommonOptions & { from: string; to: string; service?: string }) => {
      const services = options.service === undefined ? undefined : parseService(options.service);
      if (options.service !== undefined && services === undefined) {
        throw new InputError([`--service: "${options.service.slice(0, 80)}" is not a service; write any, icmp, tcp, udp, tcp/443 or udp/5000-5010`]);
      }
      const { topology } = readTopology(file);
      const network = compileNetwork(topology, options);
      const trace = network.trace(resolveParties(topology, network, "--from", options.from), resolveParties(topology, network, "--to", options.to), services);
      const text = options.format === "json" ? `${JSON.stringify(trace, null, 2)}\n` : traceText(trace, options.from, options.to, paintFor(options.output));
      if (options.format === "json" || options.quiet !== true || options.output !== undefined) writeOutput(options.output ?? "-", text);
      done(trace.reachable ? EXIT.clean : EXIT.findings);
    });
}
