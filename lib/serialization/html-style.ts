/** The page's style. It names no font or image to fetch; the page's policy forbids fetching anyway. */
export const STYLE = `
:root { color-scheme: light dark;
  --paper: #fdfcf9; --ink: #1f2328; --quiet: #5b626b; --rule: #dedad1; --card: #f6f3ec; --link: #1f5f8b;
  --said: #fff0c2; --said-edge: #b98900; --met: #d8ebf3; --met-edge: #2b7a9b; --both: #e4efd2; --glow: #ffd75e; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #16181b; --ink: #e4e2dc; --quiet: #a0a5ac; --rule: #34383d; --card: #1e2125; --link: #8cc4ea;
  --said: #41370f; --said-edge: #d9ae3c; --met: #123845; --met-edge: #6fb9d6; --both: #30401f; --glow: #7a5f00; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 2rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.65 Georgia, "Times New Roman", serif;
  overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; }
header, main, footer { max-width: 76rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.5rem; }
h1 { font-size: clamp(1.6rem, 1.1rem + 2.2vw, 2.5rem); line-height: 1.18; margin: 0 0 .6rem; max-width: 22em; text-wrap: balance; }
h2, h3, dl, .meta, .key, footer, .who, .no { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
.meta, footer { color: var(--quiet); font-size: .875rem; }
.meta { margin: 0 0 1rem; }
.key { display: flex; flex-wrap: wrap; gap: .35rem 1.1rem; list-style: none; margin: 0; padding: .7rem 0; font-size: .8125rem;
  color: var(--quiet); border-block: 1px solid var(--rule); }
.text { max-width: 38rem; }
.text p { margin: 0 0 1.15em; }
.run { color: inherit; text-decoration: none; scroll-margin-top: 30vh; border-radius: 2px; }
.content { background: var(--said); } .evidence { background: var(--met); } .content.evidence { background: var(--both); }
.cue { border-bottom: 2px dotted var(--said-edge); } .source { border-bottom: 2px solid var(--said-edge); }
.date { border-bottom: 2px dotted var(--met-edge); }
.mention { text-decoration: underline; text-decoration-color: var(--rule); text-decoration-thickness: 2px; }
.source.mention, .cue.mention, .date.mention { text-decoration: none; }
a.run:hover { text-decoration: underline; }
.run:target, .run:has(> .at:target) { background: var(--glow); outline: 2px solid var(--said-edge); }
h2 { font-size: 1rem; letter-spacing: .02em; margin: 2rem 0 .75rem; }
ol, ul.who { list-style: none; margin: 0; padding: 0; }
.fact { background: var(--card); border-left: 3px solid var(--said-edge); border-radius: 3px; padding: .75rem .9rem; margin: 0 0 .75rem;
  scroll-margin-top: 2rem; }
.fact.meeting { border-color: var(--met-edge); }
.fact:target, .who li:target { outline: 2px solid var(--link); }
.fact h3 { font-size: .875rem; margin: 0 0 .3rem; font-weight: 600; } .no, .status { color: var(--quiet); font-weight: 400; }
.fact blockquote { margin: 0 0 .45rem; font-size: .9375rem; line-height: 1.5; unicode-bidi: isolate; }
.fact blockquote a { color: inherit; text-decoration-color: var(--quiet); text-decoration-thickness: 1px; }
dl { display: grid; grid-template-columns: 6.5rem 1fr; gap: .1rem .6rem; margin: 0; font-size: .8125rem; line-height: 1.5; }
dt { color: var(--quiet); } dd { margin: 0; }
.who { font-size: .875rem; } .who li { padding: .35rem 0; border-top: 1px solid var(--rule); scroll-margin-top: 2rem; }
.who span { color: var(--quiet); }
footer { padding-block: 2rem 3rem; }
@media (min-width: 62rem) {
  main { display: grid; grid-template-columns: minmax(0, 38rem) minmax(20rem, 1fr); gap: 3.5rem; align-items: start; }
  .facts { position: sticky; top: 0; max-height: 100vh; overflow-y: auto; padding-bottom: 1rem; scrollbar-width: thin; }
}
@media print { .facts { max-height: none; position: static; } }
`;
