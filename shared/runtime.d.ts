/** What every JavaScript runtime has and the language's own library does not declare. Nothing of the DOM or of Node belongs here. */
/** Base64 of a text whose characters are bytes. */
declare function btoa(bytes: string): string;
declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes?: Uint8Array): string;
}
