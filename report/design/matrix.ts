/** The table of losses: a figure is a block of the colour of its risk, and says it in words or signs, too. */
export const matrixStyle = `
.matrix td{padding:3px;border:0;text-align:center;vertical-align:middle}.matrix th{border:0}
.matrix tbody th{position:sticky;left:0;background:var(--paper);z-index:1;vertical-align:middle}
.matrix thead th{text-align:center;min-width:4.2rem}.matrix thead th:first-child{text-align:left}
.matrix td>*{display:block;padding:.35rem .3rem;border-radius:6px;color:inherit;text-decoration:none;font-weight:600}
.matrix a:hover{outline:2px solid currentColor}.matrix td small{color:inherit;line-height:1.2}
.matrix .na{color:var(--soft);font-weight:400;font-size:var(--text-small)}
.surprise{outline:3px solid var(--failed)}
@media screen and (max-width:44rem){.matrix tbody th{max-width:8rem}}
@media print{.matrix td,.matrix th{padding:1px 2px}.matrix thead th{min-width:0;font-size:6.5pt}.matrix td>*{padding:1px}}
`.trim();
