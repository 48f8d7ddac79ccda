/** What the lab's page alone has, beside the design of every page. Colour means risk; shapes and words say the same. */
export const style = `
main{padding-bottom:var(--space-8)}
button,select{font:inherit;font-size:var(--text-small);color:var(--ink);background:var(--panel);border:1px solid var(--strong);border-radius:6px;padding:.25rem .6rem;min-height:1.75rem;cursor:pointer}
button:hover:enabled{border-color:var(--link);color:var(--link)}
button:disabled,select:disabled{opacity:.55;cursor:not-allowed}
label{font-size:var(--text-small)}input{accent-color:var(--link)}
#controls{display:flex;flex-wrap:wrap;gap:var(--space-3);align-items:center;margin:var(--space-3) 0}#controls input{flex:1 1 14rem}
.settings{display:flex;flex-wrap:wrap;gap:var(--space-2) var(--space-4);align-items:center;font-size:var(--text-small);color:var(--soft);padding:var(--space-2) 0}
h2{padding-top:var(--space-4)}.side h2{padding-top:0;margin-bottom:var(--space-1);font-size:1.1rem;overflow-wrap:anywhere}
.sides{margin-top:var(--space-4);display:grid;gap:var(--space-4);grid-template-columns:minmax(0,1fr)}
@media screen and (min-width:64rem){.sides[data-count="2"]{grid-template-columns:repeat(2,minmax(0,1fr))}main,header .in{max-width:100rem}}
.side{border:1px solid var(--line);border-radius:var(--round);padding:var(--space-4);min-width:0;display:grid;gap:var(--space-2);align-content:start}
.phase{display:flex;gap:var(--space-3);align-items:center;min-height:3rem;color:var(--soft)}.phase p{margin:0}.phase.struck p,.phase.waiting p{color:var(--ink);font-weight:600}
.phase.waiting button{border-color:var(--link);color:var(--link);font-weight:600}
.counters{display:grid;grid-template-columns:repeat(5,minmax(0,1fr));gap:var(--space-2);margin:0}.counters>div{border-radius:6px;padding:var(--space-1) var(--space-2);background:var(--panel);color:var(--ink)}
.counters dt{color:inherit;line-height:1.2}.counters dd{font-size:1.25rem;font-weight:650;font-variant-numeric:tabular-nums;white-space:nowrap}
.counters .some{background:var(--some-bg);color:var(--some)}.counters .much{background:var(--much-bg);color:var(--much)}
.spark{display:block;width:100%;height:1.2rem}.spark path{stroke:currentColor;stroke-width:1.5;vector-effect:non-scaling-stroke}
.picture{position:relative}.boxes{display:grid;gap:var(--space-3)}
canvas.dots{position:absolute;inset:0;width:100%;height:100%;pointer-events:none}
.browsers{display:flex;gap:var(--space-2);align-items:center;font-size:var(--text-small);flex-wrap:wrap}.browsers .label{color:var(--soft)}
.crowd{display:flex;flex-wrap:wrap;gap:4px}.shopper{width:11px;height:11px;border-radius:50%;border:2px solid var(--strong);background:var(--paper)}
.shopper.there.holds{background:var(--cookie);border-color:var(--cookie)}.shopper.there{border-color:var(--kept-line);background:var(--kept-line)}.shopper.lost{border-color:var(--much);background:var(--much-bg);border-radius:2px}
.browsers .you{border:2px solid var(--ink);border-radius:99px;padding:0 .45rem;font-weight:600}
.layers{display:flex;flex-wrap:wrap;gap:var(--space-1);justify-content:center;justify-self:center}.layer{border:1px solid var(--strong);border-radius:99px;padding:0 .7rem;font-size:var(--text-small);background:var(--paper)}.layer small{color:var(--soft);margin-left:.5rem}
.regions{display:grid;gap:var(--space-3);grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr))}
.region{container-type:inline-size;border:1.5px solid var(--strong);border-radius:var(--round);padding:var(--space-2);display:grid;gap:var(--space-2);background:var(--panel);align-content:start}
@container (max-width:19rem){.zones{grid-template-columns:minmax(0,1fr)}.zone{grid-template-columns:4rem minmax(0,1fr);align-items:start}.zone .name{grid-row:span 9;flex-direction:column;align-items:flex-start}.instance{min-height:4.6rem}}
.region.dark{background:repeating-linear-gradient(-45deg,var(--panel) 0 8px,var(--line) 8px 10px);border-style:dashed}
.name{display:flex;flex-wrap:wrap;gap:var(--space-1) var(--space-2);justify-content:space-between;align-items:center;font-size:var(--text-small)}
.cut{padding:0 .45rem;min-height:1.5rem}
.zones{display:grid;gap:var(--space-2);grid-template-columns:repeat(auto-fit,minmax(6.2rem,1fr))}
.zone{border:1px dashed var(--strong);border-radius:6px;padding:var(--space-1) var(--space-2) var(--space-2);display:grid;gap:var(--space-1);align-content:start;background:var(--paper)}
.zone .name{color:var(--soft)}.empty{margin:0;color:var(--soft);font-size:var(--text-small);text-align:center;padding:var(--space-3) 0}
.instance{display:grid;gap:.1rem;justify-items:start;align-content:start;text-align:left;width:100%;min-height:5.4rem;background:var(--box);border:1.5px solid var(--kept-line);border-radius:6px;padding:.3rem .45rem;font-size:var(--text-small);line-height:1.25}
.instance:disabled{opacity:1;cursor:default}
.instance .id{font-family:ui-monospace,Menlo,Consolas,monospace;font-weight:650}.instance .state,.rate{color:var(--soft)}
.instance.gone,.instance.out{border:1.5px dashed var(--much);background:var(--much-bg);color:var(--much)}.instance.gone .state,.instance.out .state,.instance.gone .rate{color:var(--much)}.instance.gone .id{text-decoration:line-through}
.instance.gone .marks i{background:var(--much);opacity:.5}.instance.draining{border-style:dashed}
.carts{display:inline-flex;gap:.3rem;align-items:center;font-size:var(--text-small)}.marks{display:inline-flex;flex-wrap:wrap;gap:2px;max-width:4.6rem}.marks i{width:6px;height:6px;background:var(--kept-line);border-radius:1px}
.instance .carts{flex-wrap:wrap;gap:.15rem .3rem}.cache .marks{max-width:none}
.cache{border:1.5px solid var(--kept-line);border-radius:6px;background:var(--kept);padding:var(--space-1) var(--space-2);display:grid;gap:var(--space-1)}.cache.gone{border-style:dashed;border-color:var(--much);background:var(--much-bg)}
.nodes{display:flex;flex-wrap:wrap;gap:var(--space-1);align-items:center;font-size:var(--text-small)}.node{border:1px solid var(--kept-line);border-radius:99px;padding:0 .5rem;background:var(--paper)}.node.gone{border-color:var(--much);border-style:dashed;color:var(--much);background:var(--much-bg)}
.link{justify-self:center;display:flex;gap:var(--space-2);align-items:center;border:1.5px solid var(--kept-line);border-radius:99px;padding:.1rem .8rem;font-size:var(--text-small);background:var(--kept)}.link.gone{border-style:dashed;border-color:var(--much);background:var(--much-bg);color:var(--much)}
dialog{border:1px solid var(--strong);border-radius:var(--round);background:var(--paper);color:var(--ink);padding:var(--space-4);max-width:min(30rem,92vw)}dialog::backdrop{background:#0008}dialog p{margin:var(--space-2) 0}
.verdicts,.news{list-style:none;margin:0;padding:0;display:grid;gap:var(--space-1)}.news p{margin:0}.verdicts li{font-size:var(--text-small)}.verdicts strong{border-radius:4px;padding:.05rem .35rem;box-decoration-break:clone;-webkit-box-decoration-break:clone}
.news{max-height:14rem;overflow:auto;font-size:var(--text-small)}.news p:not(:first-child){color:var(--soft)}
.fields{display:flex;flex-wrap:wrap;gap:var(--space-2) var(--space-4)}.fields select{max-width:16rem}
.faults{list-style:none;margin:0;padding:0;display:grid;gap:var(--space-2) var(--space-4);grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr))}.faults li{display:grid;grid-template-columns:9.5rem minmax(0,1fr);gap:var(--space-2);align-items:start;font-size:var(--text-small)}.faults em{font-style:normal;color:var(--soft)}.faults+h3{margin-top:var(--space-6)}
.scenes{display:flex;flex-wrap:wrap;gap:var(--space-2);margin:0;padding:0;list-style:none;counter-reset:scene}.scenes li{counter-increment:scene}.scenes button::before{content:counter(scene) ". "}.scenes [aria-current],.scenes [aria-current]:hover{background:var(--ink);color:var(--paper)}
.told:not(:empty){border-left:4px solid var(--link);padding:var(--space-1) var(--space-4);margin-top:var(--space-3)}.told p{margin:var(--space-1) 0}.proof{font-size:var(--text-lead)}
iframe{width:100%;height:30rem;border:1px solid var(--line);border-radius:6px;background:#fff}
.yours{font-weight:600}.yours.much{padding:.2rem .5rem;border-radius:4px}.cookies{padding-left:1.2em;font-size:var(--text-small)}
.signs{display:flex;flex-wrap:wrap;gap:var(--space-1) var(--space-4);margin:0;padding:0;list-style:none;font-size:var(--text-small);color:var(--soft)}.signs b{font-weight:400}.signs svg{width:12px;height:12px;vertical-align:-1px;margin-right:.35rem}
.ended .sides{opacity:.6}
@media screen and (max-width:48rem){.side{padding:var(--space-2)}.counters{grid-template-columns:repeat(3,minmax(0,1fr))}.faults li{grid-template-columns:minmax(0,1fr)}.faults button{justify-self:start}}
`.trim();
