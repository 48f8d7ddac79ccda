import { createHash } from 'node:crypto';

/** The one style sheet, inline: no second request that another instance would have to answer. */
export const style = `
:root {
  --ink: #17252b; --soft: #4b5c63; --line: #d5dddf; --paper: #f6f8f7; --card: #fff; --accent: #0b6e69; --deep: #12343b;
  --warn: #8a2c0d;
  color-scheme: light;
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
a { color: var(--accent); }
:focus-visible { outline: 3px solid #e0a100; outline-offset: 2px; }
.wide { max-width: 68rem; margin-inline: auto; padding-inline: 1.25rem; }
.strip { background: var(--deep); color: #dfeaea; font-size: .8125rem; }
.facts { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .25rem 1.5rem; padding-block: .5rem; }
.strip dl { display: flex; flex: 1 1 15rem; flex-wrap: wrap; gap: .125rem 1.5rem; margin: 0; }
.strip dl div { display: flex; gap: .4rem; }
.strip dt { color: #a9c3c4; white-space: nowrap; }
.strip dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
.strip button { padding: .2rem .7rem; border-color: #a9c3c4; background: transparent; color: #fff; }
.strip button:hover { background: #fff; color: var(--deep); }
.moved { margin: 0; padding-block: .45rem; background: #ffd98a; color: #3b2a00; overflow-wrap: anywhere; }
.moved .wide { display: block; }
.skip { position: absolute; inset-inline-start: .5rem; translate: 0 -200%; padding: .5rem .9rem; background: #fff; }
.skip:focus { translate: 0 .5rem; }
.bar { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding-block: 1.25rem; }
.brand { display: flex; align-items: center; gap: .6rem; color: var(--ink); font-size: 1.25rem; font-weight: 700; letter-spacing: -.01em; text-decoration: none; }
.brand svg { width: 1.75rem; height: 1.75rem; color: var(--accent); }
nav { display: flex; gap: .5rem; }
nav a { white-space: nowrap; padding: .55rem .9rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); font-weight: 600; text-decoration: none; }
nav a:hover { border-color: var(--accent); }
main { padding-block-end: 3rem; }
h1 { margin: .75rem 0 .25rem; font-size: clamp(1.6rem, 5vw, 2.25rem); line-height: 1.15; letter-spacing: -.02em; }
.lead { margin: 0 0 1.5rem; color: var(--soft); }
.goods { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1rem; margin: 0; padding: 0; list-style: none; }
.goods li { display: flex; flex-direction: column; padding: 1.25rem; border: 1px solid var(--line); border-radius: .75rem; background: var(--card); }
.goods svg { width: 3.25rem; height: 3.25rem; margin-bottom: .75rem; color: var(--accent); }
.goods h2 { margin: 0; font-size: 1.0625rem; }
.goods p { flex: 1; margin: .125rem 0 .75rem; color: var(--soft); font-size: .9375rem; }
.price { font-weight: 700; font-variant-numeric: tabular-nums; }
.goods h2 a { color: inherit; text-decoration: none; }
.goods h2 a:hover { color: var(--accent); text-decoration: underline; }
.add { display: flex; align-items: center; gap: .5rem; margin-top: .75rem; }
input {
  width: 4.25rem; padding: .5rem; border: 1px solid #83949a; border-radius: .5rem; background: #fff; color: inherit; font: inherit;
}
button, .button {
  display: inline-block; padding: .55rem 1rem; border: 1px solid var(--accent); border-radius: .5rem; background: var(--accent); color: #fff;
  font: inherit; font-weight: 600; text-decoration: none; cursor: pointer;
}
.goods button { flex: 1; padding-inline: .5rem; white-space: nowrap; }
button:hover, .button:hover { background: var(--deep); border-color: var(--deep); }
.quiet { border-color: var(--line); background: var(--card); color: var(--accent); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.product { display: grid; grid-template-columns: minmax(7rem, 18rem) 1fr; gap: 2rem; align-items: center; padding: 2rem; }
.product svg { width: 100%; color: var(--accent); stroke-width: 1; }
.product .lead { margin-block-end: 1rem; }
.product .price { margin: 0; font-size: 1.375rem; }
.crumb { margin: .5rem 0 1rem; }
.lines { margin: 0; padding: 0; list-style: none; }
.lines li { display: grid; grid-template-columns: 2.75rem 1fr auto auto 6rem; gap: .5rem 1rem; align-items: center; padding-block: .85rem; border-bottom: 1px solid var(--line); }
.thumb svg { display: block; width: 2.75rem; height: 2.75rem; color: var(--accent); }
.what { display: flex; flex-direction: column; }
.what a { color: inherit; font-weight: 600; text-decoration: none; }
.what a:hover { color: var(--accent); text-decoration: underline; }
.what span { color: var(--soft); font-size: .875rem; }
.lines form { display: flex; gap: .5rem; }
.lines .price { text-align: right; }
.total { display: flex; justify-content: space-between; margin: 0; padding-block: .85rem; font-size: 1.125rem; font-weight: 700; font-variant-numeric: tabular-nums; }
.order { white-space: nowrap; color: var(--ink); font-variant-numeric: tabular-nums; }
.card { padding: .5rem 1.25rem; border: 1px solid var(--line); border-radius: .75rem; background: var(--card); }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .75rem 0 .75rem .75rem; border-bottom: 1px solid var(--line); text-align: right; }
th:first-child { padding-left: 0; text-align: left; }
thead th { color: var(--soft); font-size: .8125rem; font-weight: 600; }
tbody th { font-weight: 600; }
tfoot th, tfoot td { border-bottom: 0; font-size: 1.125rem; font-weight: 700; }
.after { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.25rem 0 0; }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: .75rem; }
.row input { flex: 0 1 20rem; width: auto; min-width: 0; }
.status { color: var(--warn); font-weight: 700; }
footer { padding-block-end: 2rem; color: var(--soft); font-size: .875rem; }
@media (max-width: 40rem) {
  .strip dl { flex-basis: 100%; }
  .bar { flex-wrap: wrap; }
  .goods li { display: grid; grid-template-columns: auto 1fr; column-gap: 1rem; align-items: start; }
  .goods svg { grid-row: 1 / span 3; margin: 0; }
  .goods .add { grid-column: 1 / -1; }
  .product { grid-template-columns: 1fr; gap: 1rem; padding: 1.25rem; }
  .product svg { width: 6rem; }
  .lines li { grid-template-columns: 2.75rem 1fr auto; }
  .lines .price { grid-column: 3; grid-row: 1; }
  .lines form { grid-row: 2; }
  .lines form:first-of-type { grid-column: 1 / span 2; }
  .lines form:last-of-type { justify-content: end; }
}
`;

/** What the content security policy calls this style sheet by. */
export const styleHash = createHash('sha256').update(style).digest('base64');
