/** Of the page; light and dark, narrow and wide, and on paper. */
export const STYLE = `
:root { color-scheme: light dark; --fg: #1c2330; --dim: #5c6675; --bg: #fff; --card: #f4f6f9; --line: #d9dee6;
  --bad: #b3261e; --warn: #8a5a00; --good: #1b6e3c; --quiet: #7a8494; }
@media (prefers-color-scheme: dark) { :root { --fg: #e3e7ee; --dim: #9aa5b5; --bg: #12161d; --card: #1b212b;
  --line: #313a47; --bad: #ff8a80; --warn: #f2b94b; --good: #6fd196; --quiet: #7f8a9a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--fg);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Noto Sans CJK SC", sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1.25rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 1rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 1.25rem 0 .35rem; }
p { margin: .4rem 0; overflow-wrap: anywhere; }
ul { margin: .4rem 0; padding-left: 1.25rem; }
li { overflow-wrap: anywhere; }
code { font: .875em/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere;
  background: var(--card); padding: .1em .3em; border-radius: 3px; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem; margin: .4rem 0;
  white-space: pre-wrap; }
pre code { background: none; padding: 0; }
.dim, .status { color: var(--dim); }
.status { font-weight: 400; font-size: .875rem; }
.verdict { border-left: 5px solid var(--mood); background: var(--card); border-radius: 6px; padding: .8rem 1rem; }
.headline { font-size: 1.15rem; font-weight: 650; color: var(--mood); margin: 0; }
.bad { --mood: var(--bad); } .warn { --mood: var(--warn); } .good { --mood: var(--good); } .quiet { --mood: var(--quiet); }
.chain { list-style: none; margin: .6rem 0; padding: 0; max-width: 44rem; }
.chain li { position: relative; border: 1px solid var(--line); border-left: 5px solid var(--mood); border-radius: 6px;
  background: var(--card); padding: .55rem .9rem; margin-bottom: 1.7rem; break-inside: avoid; }
.chain li.quiet { border-style: dashed; border-left-style: solid; }
.chain li:last-child { margin-bottom: 0; }
.chain li:not(:last-child)::after { content: "\\2193"; position: absolute; left: 1.1rem; bottom: -1.65rem;
  font-size: 1.15rem; color: var(--dim); }
.chain .state { font-weight: 600; margin: 0; }
.chain li p:not(.state) { font-size: .925rem; color: var(--dim); margin: .15rem 0 0; }
figure { margin: .8rem 0; break-inside: avoid; }
figcaption { display: flex; flex-wrap: wrap; gap: .1rem 1rem; font-size: .8125rem; color: var(--dim); margin-top: .5rem; }
.key::before { content: ""; display: inline-block; width: .7em; height: .7em; border-radius: 2px; margin-right: .4em;
  background: var(--mood); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
table { width: 100%; border-collapse: collapse; margin: .5rem 0; font-size: .925rem; }
th { text-align: left; color: var(--dim); font-weight: 600; white-space: nowrap; }
th, td { padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
@media (min-width: 641px) { td:first-child { min-width: 6.5rem; } table:not(.compact) td:nth-child(2) { min-width: 10rem; }
  table:not(.compact) td:nth-child(3) { min-width: 12.5rem; } }
tr { break-inside: avoid; }
@media (max-width: 640px) {
  table:not(.compact) thead { display: none; }
  table:not(.compact), table:not(.compact) :is(tbody, tr, td) { display: block; width: 100%; }
  table:not(.compact) tr { border-bottom: 1px solid var(--line); padding: .45rem 0; }
  table:not(.compact) td { display: grid; grid-template-columns: 6.5rem 1fr; gap: .6rem; border: 0; padding: .12rem 0; }
  table:not(.compact) td[data-column=""] { display: block; }
  table:not(.compact) td:has(> div:empty) { display: none; }
  table:not(.compact) td:not([data-column=""])::before { content: attr(data-column); color: var(--dim); }
  .compact { font-size: .875rem; } .compact th { white-space: normal; } .compact td:first-child { white-space: nowrap; }
}
@page { size: A4; margin: 15mm; }
@media print {
  :root { color-scheme: light; --fg: #000; --dim: #444; --bg: #fff; --card: #f6f6f6; --line: #bbb;
    --bad: #9c1c15; --warn: #6d4700; --good: #14532d; --quiet: #666; }
  body { font-size: 10.5pt; } main { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; } pre, .verdict, li { break-inside: avoid; }
}
`;
