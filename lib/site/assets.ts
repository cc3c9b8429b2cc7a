import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { ObjectHeaders } from "../store/types.ts";
import { LIT_FACTS } from "./pages/article.ts";
import { EDITOR, queryPage, type ExampleQuery } from "./pages/query.ts";

export interface Asset {
  readonly key: string;
  readonly body: Uint8Array | string;
  readonly headers: ObjectHeaders;
}

export interface AssetOptions {
  readonly base: string;
  readonly examples: readonly ExampleQuery[];
}

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  html: "text/html; charset=utf-8",
};

/** What a file of ours is served as, by its name; undefined for what is none of ours. */
export function assetType(name: string): string | undefined {
  const extension = name.slice(name.lastIndexOf(".") + 1);
  return Object.hasOwn(TYPES, extension) ? TYPES[extension] : undefined;
}

/**
 * The style sheets, the icon, the editor of the query page and the page itself. Their keys stay the same from version to
 * version, so that a new style changes no page; clients ask again after a while.
 */
export function assets({ base, examples }: AssetOptions): readonly Asset[] {
  const editor = (name: string): string => readFileSync(createRequire(import.meta.url).resolve(`@zazuko/yasgui/build/${name}`), "utf8").replace(/\n?\/[/*]# sourceMappingURL=[^\n]*\s*$/, "\n");
  const files: readonly (readonly [string, string])[] = [
    ["assets/site.css", own("site.css")],
    ["assets/article.css", articleStyle()],
    ["assets/icon.svg", own("icon.svg")],
    [`assets/${EDITOR.start}`, own("query.js")],
    [`assets/${EDITOR.script}`, editor("yasgui.min.js")],
    [`assets/${EDITOR.style}`, editor("yasgui.min.css")],
    ["query.html", queryPage(examples, base)],
  ];
  return files.map(([key, body]) => ({
    key,
    body,
    headers: { contentType: assetType(key) ?? "application/octet-stream", cacheControl: "public, max-age=300" },
  }));
}

function own(name: string): string {
  return readFileSync(new URL(`assets/${name}`, import.meta.url), "utf8");
}

/**
 * Pointing at a fact lights up its words in the text. Written once for all articles, because a page's own style would
 * need a policy of its own.
 */
export function articleStyle(): string {
  const rules = ["statement", "meeting"].flatMap((type) =>
    Array.from({ length: LIT_FACTS }, (_, i) => {
      const id = `${type}-${i + 1}`;
      return `body:has(#${id}:is(:target,:hover,:focus-within)) .of-${id}{background:var(--glow)}`;
    }),
  );
  return `${rules.join("\n")}\n`;
}
