/** Text for XML 1.0 content and attributes: markup is escaped and characters that XML forbids become U+FFFD. */
export function xmlText(text: string): string {
  let result = "";
  for (const character of text) result += ESCAPES[character] ?? (isXmlCharacter(character.codePointAt(0) ?? 0) ? character : "\uFFFD");
  return result;
}

const ESCAPES: Readonly<Record<string, string | undefined>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

function isXmlCharacter(code: number): boolean {
  return code === 9 || code === 10 || code === 13 || (code >= 0x20 && code <= 0xd7ff) || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000;
}
