/** Which folder may import which. `npm run lint` holds it; each message says where the code belongs. */
const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });
const SHARED_TESTS = "\\.test\\.tsx?$|/testing\\.ts$|/fixtures/";

module.exports = {
  forbidden: [
    rule("no-cycles", "Two files that need each other hold one concept: join them, or move what both need below both.", {}, { circular: true }),
    rule("shared-is-pure", "shared/ knows no window, process or command line: pass what is needed as an argument.", { path: "^shared/" }, { path: "^(renderer|electron|cli)/" }),
    rule("shared-knows-no-node", "shared/ runs in a worker and in a browser: file and process access belongs in electron/ or cli/.", { path: "^shared/", pathNot: SHARED_TESTS }, { dependencyTypes: ["core"] }),
    rule("app-parts-are-strangers", "renderer, electron and cli meet only in shared/.", { path: "^(renderer|electron|cli)/" }, { path: "^(renderer|electron|cli)/", pathNot: "^$1/" }),
    rule("preload-imports-only-the-contract", "The preload script knows shared/ipc.ts and nothing else of ours.", { path: "^electron/preload\\.ts$" }, { path: "^(shared|electron)/", pathNot: "^shared/ipc\\.ts$" }),
    rule("model-is-the-ground", "shared/model is below everything: move what needs the network or the analysis out of it.", { path: "^shared/model/", pathNot: SHARED_TESTS }, { path: "^shared/(?!model/|analysis/result\\.ts$)" }),
    rule("network-knows-no-rules", "The kernel answers reachability; findings belong in shared/rules, shared/fixes or shared/analysis.", { path: "^shared/network/", pathNot: SHARED_TESTS }, { path: "^shared/(rules|fixes|formats|reports|diagram|analysis/(?!result\\.ts$))" }),
    rule("oracle-is-independent", "The oracle checks the kernel, so it may share nothing with it: only the model.", { path: "^shared/network/oracle/", pathNot: "\\.test\\.ts$" }, { path: "^shared/(?!model/|network/oracle/)" }),
    rule("rules-see-network-and-model", "A rule asks the network and the model only.", { path: "^shared/rules/", pathNot: SHARED_TESTS }, { path: "^shared/(fixes|formats|reports|diagram|analysis/(?!result\\.ts$))" }),
    rule("formats-and-pictures-see-the-model", "Formats, reports and pictures are made from a document and results, not from the kernel.", { path: "^shared/(formats|diagram)/", pathNot: SHARED_TESTS }, { path: "^shared/(network|rules|fixes)/" }),
    rule("panels-are-strangers", "A panel reads the store; it never imports another panel.", { path: "^renderer/(canvas|inspector|findings|matrix|rules|trace|palette|attack|compare|table)/" }, { path: "^renderer/(canvas|inspector|findings|matrix|rules|trace|palette|attack|compare|table)/", pathNot: "^renderer/$1/" }),
    rule("store-below-panels", "The store knows no panel.", { path: "^renderer/(store|actions|analysis|fields)/" }, { path: "^renderer/(canvas|inspector|findings|matrix|rules|trace|palette|attack|compare|table)/" }),
  ],
  options: { doNotFollow: { path: "node_modules" }, tsPreCompilationDeps: true, tsConfig: { fileName: "tsconfig.base.json" }, exclude: "^(dist|release)/" },
};
