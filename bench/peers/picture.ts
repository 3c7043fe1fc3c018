/** What the peers draw: the boxes and cables of Bulkhead's picture, as plain data. */

export interface PeerPicture {
  /** Outer boxes before those in them; absolute. */
  readonly nodes: readonly { readonly id: string; readonly name: string; readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly color: string; readonly isFrame: boolean }[];
  readonly cables: readonly { readonly id: string; readonly source: string; readonly target: string }[];
}

/** What the benchmark asks of a page. */
export interface PeerPage {
  /** Draws, and answers after how many milliseconds the first frame of it was shown. */
  draw(picture: PeerPicture): Promise<number>;
  /** The whole picture. */
  far(): void;
  /** A box in the middle, at a zoom of 1.5. */
  near(id: string): void;
}

/** Two frames later what was drawn before is on the screen. */
export function shown(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}
