/** Colours carry no meaning alone: every cell and verdict also says it in words or signs. */
export const style = `
:root{color-scheme:light dark;--paper:#fbfaf7;--card:#fff;--ink:#1d2327;--soft:#5b666d;--line:#dcdad3;--good:#1f7a4d;--goodbg:#e3f2e8;--some:#8a5a00;--somebg:#fdf0d2;--much:#a3341f;--muchbg:#fbe1da;--bar:#4a7fa7;--bad:#c8442b}
@media (prefers-color-scheme:dark){:root{--paper:#15191c;--card:#1d2327;--ink:#e8e6e1;--soft:#a3adb3;--line:#353d43;--good:#7fd6a6;--goodbg:#1d3a2b;--some:#f0c268;--somebg:#40331a;--much:#ff9d87;--muchbg:#4a251d;--bar:#6ea8d4;--bad:#ff7a5f}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:1060px;margin:0 auto;padding:28px 20px 60px}
h1{font-size:clamp(1.5rem,4vw,2.2rem);line-height:1.2;margin:.2em 0 .5em;text-wrap:balance}
h2{font-size:1.25rem;margin:2.2em 0 .6em}
h3{font-size:1.05rem;margin:0 0 .3em}
p a{color:inherit}p{margin:.4em 0;max-width:75ch}
.kicker{color:var(--soft);text-transform:uppercase;letter-spacing:.08em;font-size:.78rem;margin:0}
.soft,small,caption{color:var(--soft)}
.scroll{overflow-x:auto;margin:0 -4px;padding:0 4px}
table{border-collapse:separate;border-spacing:3px;font-variant-numeric:tabular-nums}
caption{text-align:left;font-size:.88rem;padding:0 0 6px}
th{font-weight:600;font-size:.86rem;text-align:left;padding:4px 6px}
thead th{vertical-align:bottom;color:var(--soft);text-align:center;font-weight:500;min-width:62px}
tbody th{position:sticky;left:0;background:var(--paper);white-space:nowrap}
td{padding:0;border-radius:6px;text-align:center;background:var(--card);min-width:62px}
td a,td span{display:block;padding:7px 6px;color:inherit;text-decoration:none;border-radius:6px}
td a:hover{outline:2px solid currentColor}
a:focus-visible{outline:3px solid var(--bar);outline-offset:1px}
td small{display:block;color:inherit;line-height:1.2}
.none{background:var(--goodbg);color:var(--good)}.some{background:var(--somebg);color:var(--some)}.much{background:var(--muchbg);color:var(--much)}
.na{color:var(--soft);background:transparent}.surprise{outline:3px solid var(--bad)}
.legend{display:flex;flex-wrap:wrap;gap:8px;padding:0;margin:.6em 0;list-style:none;font-size:.88rem}.legend li{padding:2px 9px;border-radius:6px}
article{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px 18px;margin:14px 0;scroll-margin-top:12px}
article.surprise{border-color:var(--bad)}
dl{display:flex;flex-wrap:wrap;gap:4px 22px;margin:.7em 0;font-variant-numeric:tabular-nums}
dl div{min-width:92px}dt{font-size:.78rem;color:var(--soft)}dd{margin:0;font-weight:600}
svg{width:100%;min-width:720px;height:auto;display:block;margin-top:8px;font:12px system-ui,sans-serif}
svg .good{fill:var(--bar)}svg .bad{fill:var(--bad)}svg .ground{stroke:var(--line)}svg .lane{fill:var(--ink)}svg .tick{fill:var(--soft)}
svg .mark line{stroke:var(--ink);stroke-dasharray:3 3;opacity:.55}svg .mark text{fill:var(--ink);font-weight:600}
details>summary{cursor:pointer;font-weight:600;padding:6px 0}
ul.notes{padding-left:1.2em}ul.notes li{margin:.4em 0;max-width:80ch}
@media (max-width:600px){main{padding:18px 12px 40px}tbody th{white-space:normal;min-width:104px;max-width:118px;font-size:.8rem}article{padding:12px}}
@media print{article{break-inside:avoid}}
`;
