/** Files of rules of one's own: those that `--rules` names, and the one beside a document. */
import { existsSync } from "node:fs";
import type { Command } from "commander";
import type { Topology } from "../shared/model/topology";
import { rulesFileBeside } from "../shared/rules/custom/beside";
import type { SourcedRule } from "../shared/rules/custom/sourced";
import type { IsolationRule } from "../shared/rules/rule";
import { readTopology } from "./files";

export interface RulesOptions {
  /** Files. */
  readonly rules: readonly string[];
}

export function withRules(command: Command): Command {
  return command.option("--rules <file>", "a file of rules of your own, besides NAME.rules.json beside NAME.bulkhead.json; may be repeated", (file: string, files: readonly string[]) => [...files, file], []);
}

/** The rules that are wanted for a document, in the order of the files; what is wrong in any of them is the user's error. */
export async function rulesFor(document: string, topology: Topology, options: RulesOptions): Promise<readonly IsolationRule[]> {
  return readRules(filesFor(document, options), topology);
}

/** A document with the rules that are wanted for it: what every command reads that looks for findings in one. */
export async function readWithRules(file: string, options: RulesOptions): Promise<{ readonly topology: Topology; readonly bytes: Uint8Array; readonly customRules: readonly IsolationRule[] }> {
  const { topology, bytes } = readTopology(file);
  return { topology, bytes, customRules: await rulesFor(file, topology, options) };
}

/** The same as their files write them. */
export async function writtenRulesFor(document: string, topology: Topology, options: RulesOptions): Promise<readonly SourcedRule[]> {
  const files = filesFor(document, options);
  return files.length === 0 ? [] : (await import("./read-rules")).readRuleFiles(files, topology);
}

/** @param topology that the selectors of the rules must name something of; absent: that is not asked */
export async function readRules(files: readonly string[], topology?: Topology): Promise<readonly IsolationRule[]> {
  return files.length === 0 ? [] : (await import("./read-rules")).isolationRulesOf(files, topology);
}

function filesFor(document: string, { rules }: RulesOptions): readonly string[] {
  const beside = rulesFileBeside(document);
  return [...(beside !== undefined && existsSync(beside) ? [beside] : []), ...rules];
}
