/** What the page of the drill alone has. Colours carry no meaning alone: every cell and verdict also says it in words or signs. */
export const style = `
.matrix td{padding:3px;border:0;text-align:center;vertical-align:middle}.matrix th{border:0}
.matrix tbody th{position:sticky;left:0;background:var(--paper);z-index:1;vertical-align:middle}
.matrix thead th{text-align:center;min-width:4.2rem}.matrix thead th:first-child{text-align:left}
.matrix a,.matrix .na{display:block;padding:.35rem .3rem;border-radius:6px;color:inherit;text-decoration:none;font-weight:600}
.matrix a:hover{outline:2px solid currentColor}.matrix a small{color:inherit;line-height:1.2}
.matrix .na{color:var(--soft);font-weight:400;font-size:var(--text-small)}
.surprise{outline:3px solid var(--failed)}
article{border:1px solid var(--line);border-radius:var(--round);padding:var(--space-4);margin:var(--space-4) 0;scroll-margin-top:3.5rem}
.figures{display:flex;flex-wrap:wrap;gap:var(--space-1) var(--space-6);font-variant-numeric:tabular-nums}.figures div{min-width:6rem}.figures dd{font-weight:600}
.pan{margin-top:var(--space-3)}
.sheet{position:relative;display:grid;min-width:760px}.sheet>svg,.sheet>.lanes{grid-area:1/1}
.lanes{position:sticky;left:0;width:0;font-size:var(--text-small)}.lanes span{position:absolute;left:.4rem;width:max-content;max-width:14rem;padding:0 .3rem;border-radius:4px;background:color-mix(in srgb,var(--paper) 80%,transparent)}
.sheet .fault{position:absolute;top:0;width:1px;height:1px;scroll-margin-left:9rem;animation:open-here .3s linear forwards}
.pan{scroll-snap-type:x mandatory}
@keyframes open-here{from,99%{scroll-snap-align:start}to{scroll-snap-align:none}}
.sheet svg{display:block;width:100%;height:auto;font:12px system-ui,sans-serif}
svg .good{fill:var(--bar)}svg .bad{fill:var(--failed)}svg .ground{stroke:var(--line)}svg .tick{fill:var(--soft)}
svg .mark line{stroke:var(--ink);stroke-dasharray:3 3;opacity:.55}svg .mark text{fill:var(--ink);font-weight:600}
ul.notes{padding-left:1.2em}ul.notes li{margin:.4em 0;max-width:80ch}
@media screen and (max-width:48rem){article{padding:var(--space-3)}.matrix tbody th{max-width:8rem}}
@media print{.lanes{font-size:6.5pt}.sheet{min-width:0}.matrix td,.matrix th{padding:1px 2px}.matrix thead th{min-width:0;font-size:6.5pt}.matrix a{padding:1px}article{break-inside:avoid}}
`.trim();
