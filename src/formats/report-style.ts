/** How a report looks as a page. The colours of the parts can be told apart by the colour-blind too (Okabe and Ito). */
export const REPORT_STYLE = `
:root { color-scheme: light dark; --text: #1d1f23; --quiet: #5d6470; --rule: #d9dce1; --paper: #fff; --bar: #cfe0f5;
  --part0: #0072b2; --part1: #e69f00; --part2: #009e73; --part3: #cc79a7; --part4: #56b4e9; --part5: #8a8f98; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e8eb; --quiet: #9aa2ae; --rule: #343940; --paper: #16181c; --bar: #24405f;
  --part0: #4aa3df; --part1: #f0b429; --part2: #2fc298; --part3: #e09cc4; --part4: #9ad4f5; --part5: #7b828c; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 78rem; padding: 1.5rem; background: var(--paper); color: var(--text);
  font: 15px/1.45 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
header p, figcaption, dt, p { color: var(--quiet); margin: .25rem 0; }
dl { display: flex; flex-wrap: wrap; gap: 1rem 2rem; margin: 0; }
dd { margin: 0; font-size: 1.2rem; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
table { font-size: .9rem; }
th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--rule); text-align: left; vertical-align: top; white-space: nowrap; }
td.text { white-space: normal; overflow-wrap: anywhere; min-width: 8rem; }
@media (max-width: 78rem) { .spare { display: none; } }
th { color: var(--quiet); font-weight: 600; }
.number { text-align: right; }
tfoot td { font-weight: 600; border-bottom: 0; }
figure { margin: 0; }
figcaption span { margin-right: 1rem; overflow-wrap: anywhere; }
figcaption i { display: inline-block; width: .7em; height: .7em; margin-right: .35em; }
.chart { width: 100%; max-width: 62rem; height: auto; }
.chart line { stroke: var(--rule); }
.chart text { fill: var(--quiet); font-size: 11px; }
.tick { text-anchor: end; }
.at { text-anchor: middle; }
.share { float: left; width: 3rem; height: .6em; margin: .45em .6em 0 0; }
.share rect { fill: var(--bar); }
td:has(.share) { min-width: 6.5rem; }
.part0 { fill: var(--part0); background: var(--part0); }
.part1 { fill: var(--part1); background: var(--part1); }
.part2 { fill: var(--part2); background: var(--part2); }
.part3 { fill: var(--part3); background: var(--part3); }
.part4 { fill: var(--part4); background: var(--part4); }
.part5 { fill: var(--part5); background: var(--part5); }
@media print { :root { --text: #000; --quiet: #444; --rule: #bbb; --paper: #fff; --bar: #dde6f0;
  --part0: #0072b2; --part1: #e69f00; --part2: #009e73; --part3: #cc79a7; --part4: #56b4e9; --part5: #8a8f98; }
  body { max-width: none; padding: 0; font-size: 11px; } table { font-size: 10px; } .spare { display: none; }
  h2 { break-after: avoid; } tr, figure, dl { break-inside: avoid; } .wide { overflow: visible; }
  figcaption i, .chart rect, .share rect { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`
