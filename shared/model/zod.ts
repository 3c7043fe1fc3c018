/**
 * The schema library, set up once. Import `z` from here: without `jitless` the library compiles validators with `new Function`, which
 * the window's content security policy forbids, and it decides so when a schema is made.
 */
import { z } from "zod";

z.config({ jitless: true });

export { z };
