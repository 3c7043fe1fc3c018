/** A file, compressed by Brotli and written as base64, put into the bundle at build time. */
declare module "*?packed" {
  const text: string;
  export default text;
}
