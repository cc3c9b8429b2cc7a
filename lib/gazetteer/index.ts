export { loadGazetteer } from "./load-gazetteer.ts";
export type { GazetteerOptions } from "./load-gazetteer.ts";
export { lookupReport } from "./lookup-report.ts";
export type { LookupReport, ReportedEntry, ReportedTenure } from "./lookup-report.ts";
export { refreshGazetteer } from "./refresh-gazetteer.ts";
export type { RefreshOptions } from "./refresh-gazetteer.ts";
