/* global PROGRAM_ID */
// The start of dist/cli/bulkhead.js. The program stands behind it in a comment, compressed, so that Node neither reads nor compiles megabytes before
// it runs any of them: that takes longer than most checks. It is run from bulkhead.code, where the build has left it with its compiled code
// (docs/performance.md). Without that file, or with another version of Node, which refuses the code, the program is unpacked or compiled here and does the same.
//
// It is read as CommonJS or as a module, whichever the package.json of the folder asks for: so it uses nothing that only one of them has.
const { createHash } = process.getBuiltinModule("node:crypto"), { readFileSync, writeFileSync } = process.getBuiltinModule("node:fs");
const { createRequire } = process.getBuiltinModule("node:module"), { fileURLToPath } = process.getBuiltinModule("node:url"), { Script } = process.getBuiltinModule("node:vm");

const START = "\n/*PROGRAM\n", END = "*/\n", HASH_LENGTH = 32, HEADER_LENGTH = HASH_LENGTH + 4;
// A module knows its own place by its import.meta, which CommonJS does not parse.
const file = typeof __filename === "string" ? __filename : fileURLToPath(/file:\S+(?=:\d+:\d+)/.exec(new Error().stack)[0]);
// Whatever it is called: it never keeps its code in itself.
const kept = file.replace(/(\.[cm]?js)?$/, ".code");

/** The program's text, ASCII. */
function unpacked() {
  const whole = readFileSync(file);
  return process.getBuiltinModule("node:zlib").brotliDecompressSync(Buffer.from(whole.latin1Slice(whole.lastIndexOf(START) + START.length, whole.length - END.length), "base64"));
}

/** Of this program and what is kept of it. V8 itself compares no more than the program's length, and runs damaged code or dies of it. */
function hashOf(rest) {
  return createHash("sha256").update(PROGRAM_ID).update(rest).digest();
}

/** What is kept: the hash, the length of the program, the program, its code. Undefined where it is of another program, damaged or not there. */
function compiled() {
  try {
    const bytes = readFileSync(kept), end = HEADER_LENGTH + bytes.readUInt32LE(HASH_LENGTH);
    if (!hashOf(bytes.subarray(HASH_LENGTH)).equals(bytes.subarray(0, HASH_LENGTH))) return undefined;
    return { program: bytes.subarray(HEADER_LENGTH, end), code: bytes.subarray(end) };
  } catch {
    return undefined;
  }
}

function keep(program, code) {
  const length = Buffer.alloc(HEADER_LENGTH - HASH_LENGTH);
  length.writeUInt32LE(program.length);
  const rest = Buffer.concat([length, program, code]);
  writeFileSync(kept, Buffer.concat([hashOf(rest), rest]));
}

const { program, code } = compiled() ?? { program: unpacked(), code: undefined }, host = typeof module === "object" ? module : { exports: {} };
const script = new Script(program.latin1Slice(), { filename: file, cachedData: code });
script.runInThisContext()(typeof require === "function" ? require : createRequire(file), host, host.exports);
// Written when the program ends, so that it holds every function that was called.
if (process.env.BULKHEAD_KEEP_CODE === "1") process.on("exit", () => keep(program, script.createCachedData()));
