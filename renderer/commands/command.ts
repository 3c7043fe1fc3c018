/** What a command is: one list of them feeds the native menus, the palette of commands, the toolbar and the keys. */
import type { CommandId } from "../../shared/commands";

/** A command of the menus, or one that only this window knows, such as `add.vms` or `go.web-1`. */
export type CommandRef = CommandId | `add.${string}` | `template.${string}` | `go.${string}` | `local.${string}`;

export interface Command {
  readonly id: CommandRef;
  readonly label: string;
  /** Heading in the command palette. */
  readonly group: string;
  readonly keys?: string | undefined;
  /** The keys mean something else while one types. */
  readonly typing?: boolean | undefined;
  enabled(): boolean;
  checked?(): boolean;
  run(): void;
}

/** What a menu command does; label and keys come from `shared/commands.ts`. */
export interface Handler {
  run(): void;
  enabled?(): boolean;
  checked?(): boolean;
}
