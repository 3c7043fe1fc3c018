/** Sizes of the text and everything else in the windows, in per cent. */
export const TEXT_SIZES: readonly number[] = [80, 90, 100, 110, 125, 150, 175, 200];

export const NORMAL = 100;

/** The next size; undefined at the end. */
export function sizeBeside(size: number, step: 1 | -1): number | undefined {
  return TEXT_SIZES[TEXT_SIZES.indexOf(size) + step];
}
