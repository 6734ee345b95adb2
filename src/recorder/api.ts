export type * from "../model/performance-report.js";
export * from "./performance-collector.js";
export { type Operation, SessionPerformance } from "./session-performance.js";
