/** The rules of one's own that a document is judged by, and what is wrong with their file. Pure. */
import type { RulesFile } from "../../shared/ipc";
import { formatProblem } from "../../shared/model/parse";
import type { Topology } from "../../shared/model/topology";
import { toIsolationRule } from "../../shared/rules/custom/custom-rule";
import { parseRules, unknownNames } from "../../shared/rules/custom/read";
import { plain } from "../../shared/reports/plain";
import type { SourcedRule } from "../../shared/rules/custom/sourced";
import type { CustomRule } from "../../shared/rules/custom/schema";
import type { IsolationRule } from "../../shared/rules/rule";
import type { RulesStatus } from "./protocol";

export interface RulesInForce {
  readonly rules: readonly IsolationRule[];
  /** Undefined where there is no file. */
  readonly status: RulesStatus | undefined;
}

/** So many problems are shown; all are counted. */
const MOST_SHOWN = 20;

/** A file of rules, read once. One with a mistake in it is not used at all. */
export class OwnRules {
  private readonly written: readonly CustomRule[] = [];
  private readonly made: readonly IsolationRule[] = [];
  private readonly problems: readonly string[] = [];

  constructor(private readonly file: RulesFile) {
    if (file.status === "failed") this.problems = [`It could not be read: ${file.message}.`];
    if (file.status !== "read") return;
    const read = parseRules(file.bytes);
    if (read.ok) {
      this.written = read.rules;
      this.made = read.rules.map((rule) => toIsolationRule(rule, file.name));
    } else {
      this.problems = read.problems.map(formatProblem);
    }
  }

  /** Those that can be asked of a document, as the file writes them. */
  writtenFor(topology: Topology): readonly SourcedRule[] {
    if (this.file.status === "none") return [];
    const source = plain(this.file.name);
    return this.written.filter((rule) => unknownNames([rule], topology).length === 0).map((rule) => ({ source, rule }));
  }

  /** Those that can be asked of a document: one that names what is not there is left out and told, for it would be silent for ever. */
  on(topology: Topology): RulesInForce {
    if (this.file.status === "none") return { rules: [], status: undefined };
    const missing = unknownNames(this.written, topology).map(formatProblem);
    const rules = missing.length === 0 ? this.made : this.made.filter((_, index) => unknownNames(this.written.slice(index, index + 1), topology).length === 0);
    const problems = [...this.problems, ...missing];
    return { rules, status: { file: this.file.name, used: rules.length, unused: this.made.length - rules.length, problems: problems.slice(0, MOST_SHOWN), total: problems.length } };
  }
}
