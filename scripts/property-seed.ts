/**
 * Property tests of `npm test` try the same random inputs on every run, so that a run that fails fails again. `PROPERTY_SEED=random` (or a
 * number) tries others, as do `npm run test:oracle` and `npm run test:lab`, which are the ones to look for new faults with.
 */
import fc from "fast-check";

const asked = process.env["PROPERTY_SEED"];
if (asked !== "random") fc.configureGlobal({ seed: asked === undefined ? 1 : Number(asked) });
