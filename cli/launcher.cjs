/* global PROGRAM_ID, ENTRY */
// The start of dist/cli/bulkhead.js. The parts of the program stand behind it in a comment, compressed, so that Node neither reads nor compiles megabytes
// before it runs any of them: that takes longer than most checks. They are run from bulkhead.code, where the build has left them with their compiled code
// (docs/performance.md). Without that file, or with another version of Node, which refuses the code, they are unpacked or compiled here and do the same.
// Either way no part is read before it is asked for.
//
// It is read as CommonJS or as a module, whichever the package.json of the folder asks for: so it uses nothing that only one of them has.

// V8 would optimize functions that soon turn out to be used otherwise, over and over: of a check of some seconds that is a third of the work. Only of versions
// whose flags are known: others complain. Before any part is read, for compiled code is refused where it was kept under other flags.
const LATER = { 11: "--interrupt-budget=1000000", 13: "--invocation-count-for-turbofan=30000" }[parseInt(process.versions.v8)];
if (LATER !== undefined) process.getBuiltinModule("node:v8").setFlagsFromString(LATER);

const { createHash } = process.getBuiltinModule("node:crypto"), { openSync, readFileSync, readSync, writeFileSync } = process.getBuiltinModule("node:fs");
const { fileURLToPath } = process.getBuiltinModule("node:url"), { Script } = process.getBuiltinModule("node:vm");

const START = "\n/*PROGRAM\n", END = "*/\n", HASH_LENGTH = 32, HEADER_LENGTH = HASH_LENGTH + 4;
// A module knows its own place by its import.meta, which CommonJS does not parse.
const file = typeof __filename === "string" ? __filename : fileURLToPath(/file:\S+(?=:\d+:\d+)/.exec(new Error().stack)[0]);
// Whatever it is called: it never keeps its code in itself.
const kept = file.replace(/(\.[cm]?js)?$/, ".code");

function sha256(...bytes) {
  const hash = createHash("sha256");
  for (const some of bytes) hash.update(some);
  return hash.digest();
}

/** The parts in the comment, by name, each packed: a line of its own. */
function packed() {
  const whole = readFileSync(file, "latin1");
  const lines = whole.slice(whole.lastIndexOf(START) + START.length, -END.length).trimEnd().split("\n");
  return new Map(lines.map((line) => line.split(" ")));
}

/** The text of a part, ASCII. */
function unpacked(base64) {
  return process.getBuiltinModule("node:zlib").brotliDecompressSync(Buffer.from(base64, "base64"));
}

/** So many bytes of the file of compiled code, from there on. */
function bytesOf(descriptor, length, position) {
  const bytes = Buffer.allocUnsafeSlow(length);
  readSync(descriptor, bytes, 0, length, position);
  return bytes;
}

/**
 * What is kept, and gives a part by name: the hash of this program and of the index, the index' length, the index, then the text and the code of each part.
 * V8 itself compares no more than the text's length, and runs damaged code or dies of it: so nothing counts that is of another program, damaged or not there.
 */
function compiled() {
  try {
    const descriptor = openSync(kept), header = bytesOf(descriptor, HEADER_LENGTH, 0), length = header.readUInt32LE(HASH_LENGTH);
    const index = bytesOf(descriptor, length, HEADER_LENGTH);
    if (!sha256(PROGRAM_ID, index).equals(header.subarray(0, HASH_LENGTH))) return () => undefined;
    const places = JSON.parse(index.latin1Slice());
    return (name) => {
      const { at, text, code, hash } = places[name], bytes = bytesOf(descriptor, text + code, HEADER_LENGTH + length + at);
      return sha256(bytes).toString("hex") === hash ? { text: bytes.subarray(0, text), code: code === 0 ? undefined : bytes.subarray(text) } : undefined;
    };
  } catch {
    return () => undefined;
  }
}

/** Writes all parts, with the code of those that have run. */
function keep() {
  const places = {}, bodies = [];
  let at = 0;
  for (const [name, base64] of packed()) {
    const text = unpacked(base64), code = scripts.get(name)?.createCachedData() ?? Buffer.alloc(0), body = Buffer.concat([text, code]);
    places[name] = { at, text: text.length, code: code.length, hash: sha256(body).toString("hex") };
    bodies.push(body);
    at += body.length;
  }
  const index = Buffer.from(JSON.stringify(places)), length = Buffer.alloc(HEADER_LENGTH - HASH_LENGTH);
  length.writeUInt32LE(index.length);
  writeFileSync(kept, Buffer.concat([sha256(PROGRAM_ID, index), length, index, ...bodies]));
}

const partKept = compiled(), scripts = new Map(), modules = new Map(), outer = typeof require === "function" ? require : process.getBuiltinModule("node:module").createRequire(file);
let alone;

/** What a part exports; what is no part is Node's. */
function required(name) {
  if (!name.startsWith("./")) return outer(name);
  const known = modules.get(name);
  if (known !== undefined) return known.exports;
  const own = { exports: {} }, { text, code } = partKept(name) ?? { text: unpacked((alone ??= packed()).get(name)), code: undefined };
  modules.set(name, own);
  const script = new Script(text.latin1Slice(), { filename: `${file}/${name.slice(2)}`, cachedData: code });
  scripts.set(name, script);
  script.runInThisContext()(required, own, own.exports);
  return own.exports;
}

required(ENTRY);
// Written when the program ends, so that it holds every function that was called.
if (process.env.BULKHEAD_KEEP_CODE === "1") process.on("exit", keep);
