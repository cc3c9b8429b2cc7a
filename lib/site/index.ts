export { inOrderOfWorth, openDumpEndpoint, openEndpoint, openingEndpoint, type Endpoint, type EndpointOptions } from "./endpoint.ts";
export { createPages, openPages, renderPage } from "./pages/index.ts";
export { listen, type RunningServer } from "./server.ts";
export { createSite, type SiteOptions } from "./site.ts";
