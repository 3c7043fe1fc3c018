// The start of dist/cli/bulkhead.js. The program stands behind it in a comment, so that Node does not compile it before it runs: that takes longer
// than most checks. It is run with the compiled code that the build has left in bulkhead.code (docs/performance.md). Without that file, or with
// another version of Node, which refuses it, the program is compiled here and does the same.
//
// It is read as CommonJS or as a module, whichever the package.json of the folder asks for: so it uses nothing that only one of them has.
const { createHash } = process.getBuiltinModule("node:crypto"), { readFileSync, writeFileSync } = process.getBuiltinModule("node:fs");
const { createRequire } = process.getBuiltinModule("node:module"), { fileURLToPath } = process.getBuiltinModule("node:url"), { Script } = process.getBuiltinModule("node:vm");

const START = "\n/*PROGRAM\n", END = "*/\n", HIDDEN = 0x01, SLASH = 0x2f, HASH_LENGTH = 32;
// A module knows its own place by its import.meta, which CommonJS does not parse.
const file = typeof __filename === "string" ? __filename : fileURLToPath(/file:\S+?(?=:\d+:\d+)/.exec(new Error().stack)[0]);
const kept = file.replace(/\.js$/, ".code");

/** The program's text: ASCII. Where a comment ends in it, the slash is written as another character. */
function program() {
  const whole = readFileSync(file);
  for (let at = whole.indexOf(HIDDEN); at >= 0; at = whole.indexOf(HIDDEN, at)) whole[at] = SLASH;
  return whole.subarray(whole.lastIndexOf(START) + START.length, whole.length - END.length);
}

/** Of this program and this code. V8 itself compares no more than the program's length, and runs damaged code or dies of it. */
function hashOf(source, code) {
  return createHash("sha256").update(source).update(code).digest();
}

/** What is kept is the hash and the code. Undefined where it is of another program, damaged or not there. */
function compiled(source) {
  try {
    const bytes = readFileSync(kept), code = bytes.subarray(HASH_LENGTH);
    return hashOf(source, code).equals(bytes.subarray(0, HASH_LENGTH)) ? code : undefined;
  } catch {
    return undefined;
  }
}

const source = program(), host = typeof module === "object" ? module : { exports: {} };
const script = new Script(`(function (require, module, exports) {${source.latin1Slice()}\n})`, { filename: file, cachedData: compiled(source) });
script.runInThisContext()(typeof require === "function" ? require : createRequire(file), host, host.exports);
// Written when the program ends, so that it holds every function that was called.
if (process.env.BULKHEAD_KEEP_CODE === "1") {
  process.on("exit", () => {
    const code = script.createCachedData();
    writeFileSync(kept, Buffer.concat([hashOf(source, code), code]));
  });
}
