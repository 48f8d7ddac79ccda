import { matrixStyle } from './matrix';
import { panStyle } from './pan';
import { printStyle } from './print';
import { tableStyle } from './tables';
import { tokens } from './tokens';

/** What every page looks like. A page adds only what it alone has. */
export const designStyle = `
${tokens}
*{box-sizing:border-box}
html{scroll-padding-top:3.5rem}
body{margin:0;overflow-wrap:break-word;background:var(--paper);color:var(--ink);font:var(--text)/1.5 system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
main,header .in,nav .in{max-width:80rem;margin:0 auto;padding:0 1.25rem}
header{padding:var(--space-6) 0 var(--space-2)}
.kicker{margin:0 0 var(--space-1);color:var(--soft);font-size:var(--text-small);letter-spacing:.02em}
h1{font-size:var(--text-title);line-height:1.25;margin:0 0 var(--space-2);max-width:56ch;text-wrap:balance}.whole{display:inline-block;max-width:100%}
main>:first-child{padding-top:var(--space-4)}
h2{font-size:var(--text-section);line-height:1.3;margin:0 0 var(--space-3);padding-top:var(--space-8)}
h3{font-size:1rem;margin:0 0 var(--space-1)}.cards+h3,.scroll+h3,.key+h3,.finding+h3{margin-top:var(--space-6)}
p{margin:var(--space-1) 0 var(--space-3);max-width:80ch}
.lead{font-size:var(--text-lead)}
.key,.soft{color:var(--soft)}.key{font-size:var(--text-small);max-width:none}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.4rem .8rem;z-index:3}
nav{position:sticky;top:0;background:var(--paper);border-bottom:1px solid var(--line);z-index:2}
nav .in{display:flex;flex-wrap:wrap;gap:0 1.1rem;padding-top:var(--space-2);padding-bottom:var(--space-2);font-size:var(--text-small)}
nav a{white-space:nowrap;text-decoration:none;padding:var(--space-1) 0}nav a:hover{text-decoration:underline}
.tag{display:inline-block;border-radius:99px;padding:.05rem .6rem;font-size:var(--text-small);font-weight:600;color:var(--unknown);background:var(--unknown-bg)}
.none{color:var(--none);background:var(--none-bg)}.some{color:var(--some);background:var(--some-bg)}.much{color:var(--much);background:var(--much-bg)}.unknown{color:var(--unknown);background:var(--unknown-bg)}
.legend{display:flex;flex-wrap:wrap;gap:var(--space-2);padding:0;margin:0 0 var(--space-3);list-style:none;font-size:var(--text-small)}.legend li{padding:.05rem .6rem;border-radius:99px}
.cards{display:grid;gap:var(--space-4);grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr))}
.card{border:1px solid var(--line);border-radius:var(--round);padding:var(--space-4);min-width:0}
.card.wide{grid-column:1/-1}
dl{margin:var(--space-2) 0 0}dt{color:var(--soft);font-size:var(--text-small)}dd{margin:0;min-width:0}
.made>div{min-width:0;max-width:100%}.made{display:flex;flex-wrap:wrap;gap:var(--space-2) var(--space-6)}
code,pre{font:.86em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}th code,td code{overflow-wrap:break-word}
pre{background:var(--panel);border-radius:var(--round);padding:.7rem .9rem;white-space:pre-wrap;margin:.3rem 0 .8rem}
details{border-top:1px solid var(--line);padding:.35rem 0}summary{cursor:pointer;font-weight:600;padding:.25rem 0}
footer{color:var(--soft);font-size:var(--text-small);margin:3rem 0 2rem;border-top:1px solid var(--line);padding-top:var(--space-3)}
bdi{unicode-bidi:isolate}
${tableStyle}
${matrixStyle}
${panStyle}
${printStyle}
`.trim();
