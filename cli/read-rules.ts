/** Reads files of rules of one's own. Few documents have any: so this and what judges them are loaded by `custom-rules.ts` when there is a file. */
import { basename, resolve } from "node:path";
import type { Topology } from "../shared/model/topology";
import { plain } from "../shared/reports/plain";
import { parseRules, unknownNames } from "../shared/rules/custom/read";
import { isolationRules, type SourcedRule } from "../shared/rules/custom/sourced";
import type { IsolationRule } from "../shared/rules/rule";
import { InputError } from "./failure";
import { problemLine, readBytes } from "./files";

export function isolationRulesOf(files: readonly string[], topology?: Topology): readonly IsolationRule[] {
  return isolationRules(readRuleFiles(files, topology));
}

/** @param topology that the selectors of the rules must name something of; absent: that is not asked */
export function readRuleFiles(files: readonly string[], topology?: Topology): SourcedRule[] {
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
