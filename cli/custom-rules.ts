/** Files of rules of one's own: those that `--rules` names, and the one beside a document. */
import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { Command } from "commander";
import type { Topology } from "../shared/model/topology";
import { plain } from "../shared/reports/plain";
import { rulesFileBeside } from "../shared/rules/custom/beside";
import { parseRules, unknownNames } from "../shared/rules/custom/read";
import { isolationRules, type SourcedRule } from "../shared/rules/custom/sourced";
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
export function rulesFor(document: string, topology: Topology, options: RulesOptions): readonly IsolationRule[] {
  return isolationRules(writtenRulesFor(document, topology, options));
}

/** A document with the rules that are wanted for it: what every command reads that looks for findings in one. */
export function readWithRules(file: string, options: RulesOptions): { readonly topology: Topology; readonly bytes: Uint8Array; readonly customRules: readonly IsolationRule[] } {
  const { topology, bytes } = readTopology(file);
  return { topology, bytes, customRules: rulesFor(file, topology, options) };
}

/** The same as their files write them. */
export function writtenRulesFor(document: string, topology: Topology, { rules }: RulesOptions): readonly SourcedRule[] {
  const beside = rulesFileBeside(document);
  return writtenRules([...(beside !== undefined && existsSync(beside) ? [beside] : []), ...rules], topology);
}

export function readRules(files: readonly string[]): readonly IsolationRule[] {
  return isolationRules(writtenRules(files));
}

/** @param topology that the selectors of the rules must name something of; absent: that is not asked */
function writtenRules(files: readonly string[], topology?: Topology): SourcedRule[] {
  const found = new Map<string, SourcedRule>();
  const refused: string[] = [];
  const distinct = new Map(files.map((file) => [file === "-" ? file : resolve(file), file]));
  for (const file of distinct.values()) {
    const read = parseRules(readBytes(file));
    const problems = read.ok ? (topology === undefined ? [] : unknownNames(read.rules, topology)) : read.problems;
    refused.push(...problems.map((problem) => problemLine(file, problem)));
    for (const [index, rule] of (read.ok ? read.rules : []).entries()) {
      if (found.has(rule.id)) refused.push(`${plain(file)}:$.rules[${index}].id: an id that a rule of another file has: "${rule.id}"; each id once`);
      else found.set(rule.id, { source: plain(basename(file)), rule });
    }
  }
  if (refused.length > 0) throw new InputError(refused);
  return [...found.values()];
}
