/** The version that results name. It changes when a verdict, a finding or a finding's id can change. */
export const ANALYZER_VERSION = "1.0.0";
