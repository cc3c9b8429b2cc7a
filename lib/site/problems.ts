import { chooseOffer } from "../http/accept.ts";
import { framed } from "./pages/frame.ts";
import { html } from "./pages/markup.ts";
import { commonHeaders } from "./responses.ts";

export interface Problem {
  readonly status: 400 | 404 | 405 | 406 | 410 | 414 | 500 | 503;
  readonly title: string;
  readonly detail: string;
  /** Addresses that may help, with what is found there. */
  readonly links?: readonly { readonly href: string; readonly label: string }[];
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A failure said so that its reader understands it: a page for browsers, `application/problem+json` (RFC 9457) for
 * programs that ask for JSON, plain text for all others. `root` is the site's root path.
 */
export function problemResponse(request: Request, root: string, problem: Problem): Response {
  const { status, title, detail, links = [] } = problem;
  const headers = commonHeaders();
  const offers = ["text/plain", "text/html", "application/problem+json", "application/json"].map((mediaType) => ({ mediaType }));
  const mediaType = chooseOffer(request.headers.get("Accept"), offers)?.mediaType ?? "text/plain";
  headers.set("Content-Type", mediaType.startsWith("text/") ? `${mediaType}; charset=utf-8` : "application/problem+json");
  headers.set("Cache-Control", status === 410 || status === 404 ? "public, max-age=60" : "no-store");
  headers.append("Vary", "Accept");
  for (const [header, value] of Object.entries(problem.headers ?? {})) headers.set(header, value);
  const body = request.method === "HEAD" ? null : write(mediaType, root, { status, title, detail, links });
  return new Response(body, { status, headers });
}

function write(mediaType: string, root: string, { status, title, detail, links }: Required<Omit<Problem, "headers">>): string {
  if (mediaType === "text/plain") return [`${status} ${title}`, detail, ...links.map(({ href, label }) => `${href}  ${label}`), ""].join("\n");
  if (mediaType !== "text/html") return JSON.stringify({ title, status, detail, ...(links.length === 0 ? {} : { links }) });
  return framed({
    title,
    root,
    main: html`<p class="kicker">${status}</p>
<h1>${title}</h1>
<p class="lead">${detail}</p>
${links.length === 0 ? undefined : html`<ul class="more">${links.map(({ href, label }) => html`
<li><a href="${href}">${label}</a></li>`)}
</ul>`}
<p class="more"><a href="${root}">To the start page</a></p>`,
  });
}
