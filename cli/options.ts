/** Options that several commands share, and their checks. */
import { InvalidArgumentError, type Command } from "commander";
import { SEVERITIES, type Assume, type Severity } from "../shared/analysis/result";
import { noPaint, terminalPaint, type Paint } from "../shared/reports/paint";

export interface CommonOptions {
  readonly format: string;
  readonly quiet?: boolean;
  readonly output?: string;
  readonly today: string;
  readonly assume: Assume;
}

/** Adds `--format`, `--quiet`, `-o`, `--today` and `--assume`. */
export function withCommon(command: Command, formats: readonly string[]): Command {
  return command
    .option("--format <format>", `${formats.join(", ")}`, choice(formats), formats[0])
    .option("--quiet", "print nothing that is meant for people only")
    .option("-o, --output <file>", "write to a file; - is standard output")
    .option("--today <date>", "the day on which `until` dates are judged (default: today, UTC)", day, new Date().toISOString().slice(0, 10))
    .option("--assume <guests>", "hostile or configured", choice(["hostile", "configured"]), "hostile");
}

export function choice(values: readonly string[]): (value: string) => string {
  return (value) => {
    if (!values.includes(value)) throw new InvalidArgumentError(`"${value.slice(0, 80)}" is not one of ${values.join(", ")}.`);
    return value;
  };
}

export const failOnChoice = choice([...SEVERITIES, "none"]) as (value: string) => Severity | "none";

export function day(value: string): string {
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(value) ? new Date(`${value}T00:00:00Z`) : undefined;
  if (parsed === undefined || Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== value) {
    throw new InvalidArgumentError(`"${value.slice(0, 80)}" is not a date such as 2026-11-23.`);
  }
  return value;
}

/** Colour only on a terminal, and never where NO_COLOR is set (https://no-color.org). */
export function paintFor(output: string | undefined): Paint {
  const terminal = (output === undefined || output === "-") && process.stdout.isTTY === true;
  return terminal && (process.env.NO_COLOR ?? "") === "" ? terminalPaint : noPaint;
}
