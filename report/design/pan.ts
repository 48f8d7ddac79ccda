/**
 * A picture that is wider than a phone opens at the part that matters, and moves freely from there. It needs no script:
 * a snap point pulls that part into sight, and is gone a moment later.
 */
export const panStyle = `
.pan{scroll-snap-type:x mandatory}
.sheet{position:relative}
.opens{position:absolute;top:0;width:1px;height:1px;animation:open-start .3s linear forwards}.opens.middle{left:50%;animation-name:open-middle}
@keyframes open-start{from,99%{scroll-snap-align:start}to{scroll-snap-align:none}}
@keyframes open-middle{from,99%{scroll-snap-align:center}to{scroll-snap-align:none}}
`.trim();
