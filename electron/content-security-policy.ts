/**
 * What a window's page may load: its own files, and nothing inline or from a network. WebAssembly is compiled for drawing PNG;
 * `wasm-unsafe-eval` allows that and no evaluation of text. The build writes the policy into the page, main sends it as a header.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
].join("; ");
