/** Numbered lists, nearly all of which stay short (see `withItem`). */
export function append<Item>(lists: (Item[] | undefined)[], at: number, item: Item): void {
  lists[at] = withItem(lists[at], item);
}

/**
 * The list with an item more: itself, or where it is short another one. An array that is pushed to takes room for seventeen, and there are tens of
 * thousands of lists of one, two or three.
 */
export function withItem<Item>(list: Item[] | undefined, item: Item): Item[] {
  if (list === undefined || list.length === 0) return [item];
  if (list.length === 1) return [list[0] as Item, item];
  if (list.length === 2) return [list[0] as Item, list[1] as Item, item];
  list.push(item);
  return list;
}

/** A list with room for so many from the beginning: one that is filled in no particular order would be a hash table until it is nearly full. */
export function roomFor<Item>(count: number): (Item | undefined)[] {
  return new Array<Item | undefined>(count);
}
