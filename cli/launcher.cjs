// The start of dist/cli/bulkhead.js. The program stands behind it in a comment, so that Node does not compile it before it runs: that takes longer
// than most checks. It is run with the compiled code that the build has left in bulkhead.code (docs/performance.md). Without that file, or with
// another version of Node, which refuses it, the program is compiled here and does the same.
const { readFileSync, writeFileSync } = require("node:fs");
const { Script } = require("node:vm");

const START = "\n/*PROGRAM\n", END = "*/\n", HIDDEN = 0x01, SLASH = 0x2f;
const kept = __filename.replace(/\.js$/, ".code");

/** The program's text: ASCII. Where a comment ends in it, the slash is written as another character. */
function program() {
  const file = readFileSync(__filename);
  for (let at = file.indexOf(HIDDEN); at >= 0; at = file.indexOf(HIDDEN, at)) file[at] = SLASH;
  return `(function (require, module, exports) {${file.latin1Slice(file.lastIndexOf(START) + START.length, file.length - END.length)}\n})`;
}

function compiled() {
  try {
    return readFileSync(kept);
  } catch {
    return undefined;
  }
}

const script = new Script(program(), { filename: __filename, cachedData: compiled() });
script.runInThisContext()(require, module, exports);
// Written when the program ends, so that it holds every function that was called.
if (process.env.BULKHEAD_KEEP_CODE === "1") process.on("exit", () => writeFileSync(kept, script.createCachedData()));
