/** What the page of the drill alone has. Colours carry no meaning alone: every cell and verdict also says it in words or signs. */
export const style = `
article{border:1px solid var(--line);border-radius:var(--round);padding:var(--space-4);margin:var(--space-4) 0;scroll-margin-top:3.5rem}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr));gap:var(--space-1) var(--space-4);font-variant-numeric:tabular-nums}.figures dd{font-weight:600;text-wrap:balance}
.pan{margin-top:var(--space-3)}
.sheet{display:grid;min-width:760px}.sheet>svg,.sheet>.lanes{grid-area:1/1}
.lanes{position:sticky;left:0;width:0;font-size:var(--text-small)}.lanes span{position:absolute;left:.4rem;width:max-content;max-width:14rem;padding:0 .3rem;border-radius:4px;background:color-mix(in srgb,var(--paper) 80%,transparent)}
.sheet .opens{scroll-margin-left:9rem}
.sheet svg{display:block;width:100%;height:auto;font:12px system-ui,sans-serif}
svg .good{fill:var(--bar)}svg .bad{fill:var(--failed)}svg .ground{stroke:var(--line)}svg .tick{fill:var(--soft)}
svg .mark line{stroke:var(--ink);stroke-dasharray:3 3;opacity:.55}svg .mark text{fill:var(--ink);font-weight:600}
ul.notes{padding-left:1.2em}ul.notes li{margin:.4em 0;max-width:80ch}
@media screen and (max-width:44rem){article{padding:var(--space-3)}}
@media print{.lanes{font-size:6.5pt}.sheet{min-width:0}article{break-inside:avoid}}
`.trim();
