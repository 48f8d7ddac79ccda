/** On paper nothing scrolls and nothing is folded: everything is there, and fits the width of A4 and of Letter. */
export const printStyle = `
@page{margin:12mm}
@media print{
body{font-size:9.5pt}
nav,.skip,.no-print{display:none}
header{padding-top:0}h2{padding-top:1.2rem}
main,header .in{max-width:none;padding:0}
.scroll{overflow:visible;border:0;background:none}
table{font-size:8pt}caption{padding-left:0}
th,td{padding:.22rem .35rem}thead th{font-size:7.5pt}
td small,th small,.tag{font-size:7.5pt}
.tag{padding:0 .3rem}
.card,.finding,tr,figure{break-inside:avoid}h2,h3,caption{break-after:avoid}
.none,.some,.much,.unknown{print-color-adjust:exact;-webkit-print-color-adjust:exact}
details::details-content{content-visibility:visible;display:block;height:auto}
svg{max-width:100%;height:auto}
}
`.trim();
