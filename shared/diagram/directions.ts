/** Texts that are written from right to left, among ours, which are not. */

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const STRONG = /[\p{L}\u0590-\u08ff]/u;
/** What stands between names in our texts. */
const BETWEEN = /\u200e?([\u2190-\u21ff·•,;|])\u200e?/gu;
const LEFT_TO_RIGHT_MARK = "\u200e";

export function hasRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

/** Whether its last letter is of a script written from right to left. */
export function endsRightToLeft(text: string): boolean {
  if (!hasRightToLeft(text)) return false;
  const last = Array.from(text).reverse().find((character) => STRONG.test(character));
  return last !== undefined && RIGHT_TO_LEFT.test(last);
}

/**
 * The text with marks at what stands between names: of two names that are written from right to left the first stays on the left, so that an
 * arrow between them points from the one that it leaves to the one that it reaches.
 */
export function inOrder(text: string): string {
  return hasRightToLeft(text) ? text.replace(BETWEEN, `${LEFT_TO_RIGHT_MARK}$1${LEFT_TO_RIGHT_MARK}`) : text;
}
