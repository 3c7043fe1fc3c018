/** Files of rules of one's own: those that `--rules` names, and the one beside a document. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import type { Topology } from "../shared/model/topology";
import { plain } from "../shared/reports/plain";
import { rulesFileBeside } from "../shared/rules/custom/beside";
import { toIsolationRule } from "../shared/rules/custom/custom-rule";
import { parseRules, unknownNames } from "../shared/rules/custom/read";
import type { IsolationRule } from "../shared/rules/rule";
import { InputError } from "./failure";
import { problemLine, readBytes, readTopology } from "./files";

export interface RulesOptions {
  /** Files. */
  readonly rules: readonly string[];
}

export function withRules(command: Command): Command {
  return command.option("--rules <file>", "a file of rules of your own, besides NAME.rules.json beside NAME.bulkhead.json; may be repeated", (file: string, files: readonly string[]) => [...files, file], []);
}

/** The rules that are wanted for a document, in the order of the files; what is wrong in any of them is the user's error. */
export function rulesFor(document: string, topology: Topology, { rules }: RulesOptions): readonly IsolationRule[] {
  const beside = rulesFileBeside(document);
  return readRules([...(beside !== undefined && existsSync(beside) ? [beside] : []), ...rules], topology);
}

/** A document with the rules that are wanted for it: what every command reads that looks for findings in one. */
export function readWithRules(file: string, options: RulesOptions): { readonly topology: Topology; readonly customRules: readonly IsolationRule[] } {
  const { topology } = readTopology(file);
  return { topology, customRules: rulesFor(file, topology, options) };
}

/** @param topology that the selectors of the rules must name something of; absent: that is not asked */
export function readRules(files: readonly string[], topology?: Topology): readonly IsolationRule[] {
  const found = new Map<string, IsolationRule>();
  const refused: string[] = [];
  const distinct = new Map(files.map((file) => [file === "-" ? file : resolve(file), file]));
  for (const file of distinct.values()) {
    const read = parseRules(readBytes(file));
    const problems = read.ok ? (topology === undefined ? [] : unknownNames(read.rules, topology)) : read.problems;
    refused.push(...problems.map((problem) => problemLine(file, problem)));
    for (const [index, rule] of (read.ok ? read.rules : []).entries()) {
      if (found.has(rule.id)) refused.push(`${plain(file)}:$.rules[${index}].id: an id that a rule of another file has: "${rule.id}"; each id once`);
      else found.set(rule.id, toIsolationRule(rule, plain(file)));
    }
  }
  if (refused.length > 0) throw new InputError(refused);
  return [...found.values()];
}
