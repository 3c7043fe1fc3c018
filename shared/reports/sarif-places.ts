/** Where in the text of a document things stand, for SARIF. */
import { formatTopology } from "../model/canonical";
import type { Topology } from "../model/topology";

/** SARIF 3.30; lines and columns from 1. GitHub asks for all four. */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Places {
  /** Of the canonical document; empty where there is none. */
  readonly lines: readonly string[];
  /** The line on which the record of a subject begins; `owner/local` is its owner's. */
  find(subject: string): Region | undefined;
}

/** The first line: where nobody knows better. */
export const TOP: Region = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };

/** @param canonical the document, where its file is in canonical form */
export function placesIn(canonical: Topology | undefined): Places {
  const lines = canonical === undefined ? [] : formatTopology(canonical).split("\n"), found = recordLines(lines);
  return {
    lines,
    find: (subject) => {
      const slash = subject.indexOf("/"), line = found.get(slash < 0 ? subject : subject.slice(0, slash)), text = lines[(line ?? 0) - 1];
      return line === undefined || text === undefined ? undefined : { startLine: line, startColumn: text.length - text.trimStart().length + 1, endLine: line, endColumn: text.length + 1 };
    },
  };
}

function recordLines(lines: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  let section = "";
  lines.forEach((line, index) => {
    section = /^ {2}"(\w+)": \{/.exec(line)?.[1] ?? section;
    const id = section === "policy" || section === "layout" ? undefined : /^ {4}"([^"]+)": \{/.exec(line)?.[1];
    if (id !== undefined) found.set(id, index + 1);
  });
  return found;
}

/** A relative path as a URI reference, an absolute one as a `file:` URI; standard input has no file. */
export function artifactUri(source: string): string {
  if (source === "-") return "stdin";
  const path = encodeURI(source.replaceAll("\\", "/")).replace(/[?#]/g, encodeURIComponent);
  return path.startsWith("/") ? `file://${path}` : /^[A-Za-z]:\//.test(path) ? `file:///${path}` : path;
}
