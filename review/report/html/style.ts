import { diagramStyle } from '../../diagram/svg';

/** What the page of the review alone has. */
export const style = `
.answer tr:has(.mark){background:var(--panel);box-shadow:inset 4px 0 var(--link)}
.answer .value>.tag{margin-right:.3rem;white-space:nowrap}@media screen and (max-width:64rem){.answer th,.answer td{padding-inline:.5rem}}
.mark{display:inline-block;border:1px solid var(--link);color:var(--link);border-radius:99px;padding:0 .5rem;font-size:var(--text-small);font-weight:600}
.state dl,.facts{display:grid;grid-template-columns:auto 1fr;gap:.15rem .9rem;font-size:var(--text)}
.many{display:inline;border:0;padding:0}.many summary{display:inline;font-weight:400;text-decoration:underline dotted}.many[open] summary{display:block}
.drawn{display:flex;flex-wrap:wrap;gap:var(--space-4)}.drawn figure{flex:1 1 auto;max-width:100%}figure{margin:0}figure .scroll{border:0;border-radius:0;margin:0}.drawn .sheet{width:max-content;min-width:100%}figcaption{font-weight:600;margin-bottom:var(--space-2)}
.finding{border-left:4px solid var(--line);padding:.1rem 0 .1rem 1rem;margin:0 0 1.4rem}.finding.is-error{border-color:var(--much)}.finding.is-warning{border-color:var(--some)}
.finding ul{margin:.2rem 0 .4rem;padding-left:1.1rem}.finding p{margin:.2rem 0}
.error,.replaced{color:var(--much);background:var(--much-bg)}.warning,.unsure{color:var(--some);background:var(--some-bg)}.met{color:var(--none);background:var(--none-bg)}
@media print{.choose{display:none}.state dl{gap:.05rem .7rem}.finding{margin-bottom:.8rem}}
.choose{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:end;margin-bottom:1rem}.choose label{display:grid;grid-template-columns:minmax(0,1fr);min-width:0;max-width:100%;gap:.2rem;font-size:var(--text-small);color:var(--soft)}
select,button{font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--soft);border-radius:var(--round);padding:.35rem .6rem;max-width:100%}
button{cursor:pointer}
.change{color:var(--soft)}.change b{color:var(--ink);font-weight:600}
.resources{list-style:none;padding:0;margin:.5rem 0;font-size:var(--text)}.resources li{padding:.25rem 0;border-top:1px solid var(--line)}
${diagramStyle}
`.trim();
