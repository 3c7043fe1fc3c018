/**
 * Sets words of scripts whose letters join, stand above one another or change places, with HarfBuzz (compiled to WebAssembly). Its functions are those of the
 * C interface, https://harfbuzz.github.io.
 */

/** One glyph, in the order in which they stand from left to right. Lengths are in ems. */
export interface ShapedGlyph {
  readonly id: number;
  /** Where in the text the characters begin that it stands for, in UTF-16 units. */
  readonly cluster: number;
  readonly advance: number;
  /** How far from its place it is drawn: to the right, and up. */
  readonly dx: number;
  readonly dy: number;
}

/** A font of which texts are set. */
export interface ShapingFont {
  /** @param isRightToLeft the direction of this text, which is of one script */
  shape(text: string, isRightToLeft: boolean): readonly ShapedGlyph[];
}

/** @param file of a font */
export type Shaper = (file: Uint8Array) => ShapingFont;

interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** What every runtime has and the language's own library does not declare. */
declare const WebAssembly: {
  instantiate(module: Uint8Array, imports: Readonly<Record<string, Readonly<Record<string, (...values: number[]) => number>>>>): Promise<{ readonly instance: { readonly exports: object } }>;
};

type Functions = Readonly<Record<string, (...values: number[]) => number>>;

const LEFT_TO_RIGHT = 4, RIGHT_TO_LEFT = 5, READ_ONLY = 1;
/** Marks keep places of their own. */
const EACH_CHARACTER = 1;
/** Of `hb_glyph_info_t` and `hb_glyph_position_t`, in words of four bytes. */
const RECORD = 5;

/** @param wasm `harfbuzzjs/dist/harfbuzz.wasm` */
export async function loadShaper(wasm: Uint8Array): Promise<Shaper> {
  const refuse = (): never => {
    throw new Error("HarfBuzz gave up");
  };
  const memory = (): WasmMemory => exports["memory"] as unknown as WasmMemory;
  const grow = (bytes: number): number => {
    const lacking = (bytes >>> 0) - memory().buffer.byteLength;
    if (lacking > 0) memory().grow(Math.ceil(lacking / 65536));
    return 1;
  };
  const { instance } = await WebAssembly.instantiate(wasm, {
    wasi_snapshot_preview1: { proc_exit: refuse },
    env: { _emscripten_runtime_keepalive_clear: () => 0, _abort_js: refuse, _setitimer_js: () => 0, emscripten_resize_heap: grow },
  });
  const exports = instance.exports as unknown as Functions;
  const call = (name: string, ...values: number[]): number => (exports[name] ?? refuse)(...values);
  call("__wasm_call_ctors");
  return (file) => {
    const place = call("malloc", file.length);
    new Uint8Array(memory().buffer).set(file, place);
    const blob = call("hb_blob_create", place, file.length, READ_ONLY, 0, 0), face = call("hb_face_create", blob, 0), font = call("hb_font_create", face);
    const unitsPerEm = call("hb_face_get_upem", face);
    return {
      shape(text, isRightToLeft) {
        const words = call("malloc", text.length * 2), buffer = call("hb_buffer_create");
        const units = new Uint16Array(memory().buffer, words, text.length);
        for (let at = 0; at < text.length; at += 1) units[at] = text.charCodeAt(at);
        call("hb_buffer_set_cluster_level", buffer, EACH_CHARACTER);
        call("hb_buffer_add_utf16", buffer, words, text.length, 0, text.length);
        call("hb_buffer_set_direction", buffer, isRightToLeft ? RIGHT_TO_LEFT : LEFT_TO_RIGHT);
        call("hb_buffer_guess_segment_properties", buffer);
        call("hb_shape", font, buffer, 0, 0);
        const count = call("hb_buffer_get_length", buffer), infos = call("hb_buffer_get_glyph_infos", buffer, 0) / 4, positions = call("hb_buffer_get_glyph_positions", buffer, 0) / 4;
        const read = new Int32Array(memory().buffer);
        const glyphs = Array.from({ length: count }, (_, index): ShapedGlyph => {
          const info = infos + index * RECORD, position = positions + index * RECORD, ems = (at: number): number => (read[position + at] ?? 0) / unitsPerEm;
          return { id: read[info] ?? 0, cluster: read[info + 2] ?? 0, advance: ems(0), dx: ems(2), dy: ems(3) };
        });
        call("hb_buffer_destroy", buffer);
        call("free", words);
        return glyphs;
      },
    };
  };
}
