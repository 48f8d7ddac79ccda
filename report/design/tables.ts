/**
 * Tables. On a narrow screen one with `stack` shows a card per row, each value with its head beside it; any other one
 * scrolls, and a shadow at the side shows that there is more.
 */
export const tableStyle = `
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:var(--round);margin:0 0 var(--space-3);background:linear-gradient(to right,var(--paper) 30%,transparent) left/2.5rem 100%,linear-gradient(to left,var(--paper) 30%,transparent) right/2.5rem 100%,linear-gradient(to right,var(--strong),transparent) left/.6rem 100%,linear-gradient(to left,var(--strong),transparent) right/.6rem 100%;background-repeat:no-repeat;background-attachment:local,local,scroll,scroll}
table{border-collapse:collapse;width:100%;font-size:var(--text);font-variant-numeric:tabular-nums}
caption{text-align:left;padding:var(--space-2) var(--space-3);color:var(--soft);font-size:var(--text-small)}
caption span{position:sticky;left:var(--space-3);display:inline-block;max-width:calc(100vw - 4.5rem)}
th,td{text-align:left;vertical-align:top;padding:var(--space-2) var(--space-3);border-top:1px solid var(--line)}
thead th{color:var(--soft);font-weight:600;font-size:var(--text-small);vertical-align:bottom}
tbody th{font-weight:600}
.number{text-align:right}
td small,th small{display:block;color:var(--soft);font-size:var(--text-small);font-weight:400}
@media screen and (max-width:44rem){
nav{position:static}html{scroll-padding-top:0}
.stack.scroll{border:0;overflow:visible;background:none}
.stack table,.stack tbody,.stack tr,.stack th,.stack td,.stack caption{display:block}
.stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.stack caption{padding-left:0}
.stack tr{border:1px solid var(--line);border-radius:var(--round);padding:var(--space-2) var(--space-3);margin-bottom:var(--space-3)}
.stack th,.stack td{border:0;padding:.15rem 0;text-align:left}
.stack tbody th{font-size:1rem}
.stack td[data-head]{display:grid;grid-template-columns:minmax(6rem,38%) minmax(0,1fr);gap:var(--space-2)}
.stack td[data-head]::before{content:attr(data-head);color:var(--soft);font-size:var(--text-small);padding-top:.1rem}
}
`.trim();
