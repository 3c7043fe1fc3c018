/** What `JSON.stringify([...items], null, 2)` would give inside a value that is indented this far, item by item: lists may be longer than memory holds. */
export function* jsonList(items: Iterable<unknown>, indent: string): Generator<string> {
  let before = "[\n";
  for (const item of items) {
    yield `${before}${indent}  ${JSON.stringify(item, null, 2).replaceAll("\n", `\n${indent}  `)}`;
    before = ",\n";
  }
  yield before === "[\n" ? "[]" : `\n${indent}]`;
}
