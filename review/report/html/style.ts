import { diagramStyle } from '../../diagram/svg';

export const style = `
:root{color-scheme:light dark;--ink:#1d2433;--soft:#566076;--paper:#ffffff;--panel:#f6f7fb;--rule:#dde1ea;--link:#0b5cad;--bad:#b3261e;--bad-bg:#fdecea;--warn:#8a5a00;--warn-bg:#fff4e0;--good:#1b6e3c;--good-bg:#e6f4ea}
@media (prefers-color-scheme:dark){:root{--ink:#e8eaf0;--soft:#a7b0c2;--paper:#12161e;--panel:#1b202b;--rule:#333b4b;--link:#86b9ff;--bad:#ff8a7a;--bad-bg:#3a1714;--warn:#f0b95a;--warn-bg:#33260d;--good:#7bd69a;--good-bg:#12301d}}
*{box-sizing:border-box}
html{scroll-padding-top:3.5rem}
body{margin:0;overflow-wrap:break-word;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,"Segoe UI",Helvetica,Arial,sans-serif}
main,header .in,nav .in{max-width:76rem;margin:0 auto;padding:0 1.25rem}
header{padding:2rem 0 1rem}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 .35rem;letter-spacing:-.01em}
h2{font-size:1.25rem;margin:0 0 .75rem;padding-top:2.25rem}
h3{font-size:1rem;margin:0 0 .4rem}
p{margin:.35rem 0 .75rem;max-width:85ch}.key{color:var(--soft);font-size:.86rem;max-width:none}
a{color:var(--link)}a:focus-visible,summary:focus-visible,select:focus-visible,button:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--paper);padding:.4rem .8rem;z-index:3}
nav{position:sticky;top:0;background:var(--paper);border-bottom:1px solid var(--rule);z-index:2}
nav .in{display:flex;gap:1.1rem;overflow-x:auto;padding-top:.6rem;padding-bottom:.6rem;font-size:.9rem}nav a{white-space:nowrap;text-decoration:none}nav a:hover{text-decoration:underline}
.scroll{overflow-x:auto;border:1px solid var(--rule);border-radius:10px;margin:0 0 .75rem}
table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
caption{text-align:left;padding:.6rem .8rem;color:var(--soft);font-size:.82rem}
th,td{text-align:left;vertical-align:top;padding:.5rem .8rem;border-top:1px solid var(--rule)}
thead th{color:var(--soft);font-weight:600;font-size:.8rem;background:var(--panel);white-space:nowrap}
tbody th{font-weight:600;white-space:nowrap}
.comparison tbody th{position:sticky;left:0;background:var(--paper)}
.comparison td{white-space:nowrap}
.tag{display:inline-block;border-radius:99px;padding:.05rem .6rem;font-size:.8rem;font-weight:600;white-space:nowrap}
.stateful,.error,.replaced,.missed{color:var(--bad);background:var(--bad-bg)}.cookie,.warning,.unsure{color:var(--warn);background:var(--warn-bg)}.stateless,.none,.met{color:var(--good);background:var(--good-bg)}
.cards{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr))}
.card{border:1px solid var(--rule);border-radius:12px;padding:1rem;background:var(--paper);min-width:0}
.card.wide{grid-column:1/-1}
dl{display:grid;grid-template-columns:auto 1fr;gap:.15rem .9rem;margin:.4rem 0 0;font-size:.92rem}dt{color:var(--soft)}dd{margin:0;min-width:0}
figure{margin:0}figure .scroll{border:0;margin:0}figcaption{font-weight:600;margin-bottom:.5rem}
svg.diagram{display:block;max-width:100%;height:auto;margin:0 auto}
.finding{border-left:4px solid var(--rule);padding:.1rem 0 .1rem 1rem;margin:0 0 1.4rem}.finding.is-error{border-color:var(--bad)}.finding.is-warning{border-color:var(--warn)}
.finding ul{margin:.2rem 0 .4rem;padding-left:1.1rem}.finding p{margin:.2rem 0}
code,pre{font:.84em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
pre{background:var(--panel);border-radius:8px;padding:.7rem .9rem;overflow-x:auto;white-space:pre-wrap;margin:.3rem 0 .8rem}
details{border-top:1px solid var(--rule);padding:.35rem 0}summary{cursor:pointer;font-weight:600;padding:.25rem 0}
.choose{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:end;margin-bottom:1rem}.choose label{display:grid;grid-template-columns:minmax(0,1fr);min-width:0;max-width:100%;gap:.2rem;font-size:.82rem;color:var(--soft)}
select,button{font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--soft);border-radius:8px;padding:.35rem .6rem;max-width:100%}
button{cursor:pointer}
.change{color:var(--soft)}.change b{color:var(--ink);font-weight:600}
.resources{list-style:none;padding:0;margin:.5rem 0;font-size:.88rem}.resources li{padding:.25rem 0;border-top:1px solid var(--rule)}
footer{color:var(--soft);font-size:.85rem;margin:3rem 0 2rem}
@media screen and (max-width:40rem){.wide svg.diagram{min-width:42rem}body{font-size:15px}th,td{padding:.45rem .6rem}h1{font-size:1.35rem}.card{padding:.8rem}tbody th{white-space:normal;overflow-wrap:anywhere}.comparison tbody th{min-width:8.5rem}}
@media print{:root{--ink:#000;--soft:#444;--paper:#fff;--panel:#f3f3f3;--rule:#bbb;--link:#000;--bad:#8c1d17;--bad-bg:#fff;--warn:#6b4600;--warn-bg:#fff;--good:#14522d;--good-bg:#fff}nav,.skip,.choose button{display:none}.scroll{overflow:visible;border:0}body{font-size:10pt}table{font-size:8pt}td,.comparison td{white-space:normal}.card,.finding,tr{break-inside:avoid}h2{break-after:avoid}}
${diagramStyle}
`.trim();
