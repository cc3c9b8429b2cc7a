/** The paths that a page's links lead to within the site, without fragment and query, distinct. */
export function hrefsOf(key: string, html: string): Set<string> {
  const paths = new Set<string>();
  for (const [, href = ""] of html.matchAll(/\shref="([^"]*)"/g)) {
    const path = href.replaceAll("&amp;", "&").replace(/[?#].*$/s, "");
    if (path === "" || /^[a-z][a-z0-9+.-]*:/i.test(path)) continue;
    const resolved = new URL(path, `http://site/${key}`);
    if (resolved.host === "site") paths.add(decode(resolved.pathname.slice(1)));
  }
  return paths;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
