/** A file as a `data:` URL, put into the bundle at build time. */
declare module "*?url&inline" {
  const dataUrl: string;
  export default dataUrl;
}
