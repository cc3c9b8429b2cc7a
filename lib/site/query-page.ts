import { chooseOffer } from "../http/accept.ts";

const OFFERS = ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-triples", "text/html"].map((mediaType) => ({ mediaType }));

/** Whether who opens the endpoint is a person, to be led to the page that asks it; programs get what the protocol says. */
export function wantsQueryPage(request: Request): boolean {
  if ((request.method !== "GET" && request.method !== "HEAD") || new URL(request.url).search !== "") return false;
  return chooseOffer(request.headers.get("Accept"), OFFERS)?.mediaType === "text/html";
}
