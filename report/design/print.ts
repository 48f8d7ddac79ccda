/** On paper nothing scrolls and nothing is folded: everything is there, and fits the width of A4 and of Letter. */
export const printStyle = `
@page{margin:12mm}
@media print{
:root{--text:9pt;--text-small:8pt;--text-lead:10pt;--text-title:17pt;--text-section:12.5pt;--space-4:.6rem;--space-6:1rem;--space-8:1.6rem}
body{font-size:9pt}
nav,.skip,.no-print{display:none}
header{padding-top:0}h3{font-size:9.5pt}
main,header .in{max-width:none;padding:0}
.scroll{overflow:visible;border:0;background:none}
table{font-size:8pt}caption{padding-left:0}
th,td{padding:.22rem .35rem}thead th{font-size:7.5pt}
td small,th small,.tag{font-size:7.5pt}
.tag{padding:0 .3rem}
.card,.finding,tr,figure{break-inside:avoid}h2,h3,caption,thead{break-after:avoid}tbody tr:first-child{break-before:avoid}
.cards{grid-template-columns:repeat(2,minmax(0,1fr))}
.none,.some,.much,.unknown{print-color-adjust:exact;-webkit-print-color-adjust:exact}
details::details-content{content-visibility:visible;display:block;height:auto}
svg{max-width:100%;height:auto}
}
`.trim();
