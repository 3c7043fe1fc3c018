import type { FindingsReport, Matrix } from "../analysis/result";
import type { Scene } from "../diagram/elements";
import type { Topology } from "../model/topology";

/** What a report on one document is made of. */
export interface Audit {
  readonly topology: Topology;
  readonly report: FindingsReport;
  readonly tenants: Matrix;
  readonly parties: Matrix;
  readonly scene: Scene;
}
