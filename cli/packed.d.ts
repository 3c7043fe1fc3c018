/** A file, compressed by Brotli and written as base64, put into the bundle at build time. */
declare module "*?packed" {
  const text: string;
  export default text;
}

/** A file that the build compresses by Brotli and puts beside the bundle: its name there; not bundled, its path. */
declare module "*?beside" {
  const name: string;
  export default name;
}
