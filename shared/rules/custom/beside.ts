/** `NAME.rules.json` beside `NAME.bulkhead.json` or `NAME.json`, with the folder that the document's name has; undefined where a name has no such neighbour. */
export function rulesFileBeside(document: string): string | undefined {
  const file = document.replace(/(\.bulkhead)?\.json$/, ".rules.json");
  return file === document || document.endsWith(".rules.json") ? undefined : file;
}
