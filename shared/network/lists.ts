/** Numbered lists, nearly all of which stay lists of one: an array that begins with its item takes no room for more, as one that is pushed to does. */
export function append<Item>(lists: (Item[] | undefined)[], at: number, item: Item): void {
  const list = lists[at];
  if (list === undefined) lists[at] = [item];
  else list.push(item);
}

/** A list with room for so many from the beginning: one that is filled in no particular order would be a hash table until it is nearly full. */
export function roomFor<Item>(count: number): (Item | undefined)[] {
  return new Array<Item | undefined>(count);
}
