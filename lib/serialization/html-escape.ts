const ENTITY: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** HTML allows no control characters but white space. */
const NOT_IN_HTML = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f]/g;

/** A text that is safe both between tags and in a quoted attribute; what HTML cannot hold becomes U+FFFD. */
export function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(NOT_IN_HTML, "\ufffd")
    .replace(/[&<>"']/g, (character) => ENTITY[character] ?? character);
}

/** A link's address where it is http or https, otherwise nothing: `javascript:` and the like never become links. */
export function safeHref(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  return protocol === "http:" || protocol === "https:" ? href : undefined;
}

/** Whether an address, relative ones included, leads to a page rather than to code. */
export function isSafeReference(reference: string): boolean {
  const somewhere = "https://page.example/";
  return URL.canParse(reference, somewhere) && /^https?:$/.test(new URL(reference, somewhere).protocol);
}

/** JSON for a script element: no `<` is left that could end it or open a comment. */
export function escapeJson(json: string): string {
  return json.replaceAll("<", "\\u003c");
}
