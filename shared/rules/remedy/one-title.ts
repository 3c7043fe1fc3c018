/** One sentence for changes that are made one after the other: `Move A into a VLAN of its own; then disable the clipboard of B`. Titles begin with a verb. */
export function oneTitle(titles: readonly string[]): string {
  return titles.map((title, index) => (index === 0 ? title : title.replace(/^[A-Z](?=[a-z]* )/, (letter) => letter.toLowerCase()))).join("; then ");
}
