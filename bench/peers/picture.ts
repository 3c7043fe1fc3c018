/** What the peers draw: the boxes and cables of Bulkhead's picture, as plain data. */

export interface PeerPicture {
  /** Outer boxes before those in them; absolute. */
  readonly nodes: readonly { readonly id: string; readonly name: string; readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly color: string; readonly isFrame: boolean }[];
  readonly cables: readonly { readonly id: string; readonly source: string; readonly target: string }[];
}

/** What the benchmark asks of a page. */
export interface PeerPage {
  /** Draws what a text in JSON says. */
  draw(text: string): Promise<Drawn>;
  /** The whole picture. */
  far(): void;
  /** A box in the middle, at a zoom of 1.5. */
  near(id: string): void;
  /** How often the picture was drawn so far; undefined where nobody counts. */
  drawings?(): number;
}

/** Milliseconds from the text to what is on the screen. */
export interface Drawn {
  /** All boxes. */
  readonly first: number;
  /** With the cables. */
  readonly whole: number;
}

/** Two frames later what was drawn before is on the screen. */
export function shown(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}
