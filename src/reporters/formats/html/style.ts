/**
 * The look of the page, light or dark as the reader has it, on a phone and on paper. All pairs of colours have a contrast of
 * 4.5 or more (WCAG AA).
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f6f6f4; --card: #fff; --text: #1d2025; --soft: #565c66; --line: #deded9; --link: #1d4fb8;
  --good: #14602f; --good-on: #def2e5; --change: #174a9c; --change-on: #e2ecfc; --gone: #5a3b8c; --gone-on: #ece6f8;
  --calm: #4c525b; --calm-on: #ececea; --bad: #a0121f; --bad-on: #fde5e5; --warning: #744600; --warning-on: #fdeecb;
  --doubt: #7d1f6e; --doubt-on: #fae3f5;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #131519; --card: #1b1e23; --text: #e7e9ec; --soft: #a5acb8; --line: #32363e; --link: #8fb8ff;
    --good: #86d8a6; --good-on: #16321f; --change: #93bcff; --change-on: #182b4a; --gone: #c5aef3; --gone-on: #2b2344;
    --calm: #b9c0ca; --calm-on: #2a2e35; --bad: #ff9d9d; --bad-on: #451b1f; --warning: #f3c66d; --warning-on: #3a2c0c;
    --doubt: #f0a6e2; --doubt-on: #421a3b;
  }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif }
main, footer { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem }
footer { padding-block: 1rem 2.5rem; color: var(--soft); font-size: .87rem }
header { padding: 2.25rem 0 1.25rem }
.kicker { margin: 0; color: var(--soft); font-weight: 600 }
h1 { display: flex; gap: .8rem; align-items: flex-start; margin: .35rem 0 1.25rem; font-size: 1.5rem; line-height: 1.3; text-wrap: pretty }
h2 { margin: 2.25rem 0 .75rem; font-size: 1.15rem }
h3 { margin: 0 0 .3rem; font-size: 1rem }
p { margin: .3rem 0 }
small { color: var(--soft); font-size: .87rem }
ul { margin: 0; padding: 0; list-style: none }
a { color: var(--link) }
code, .x { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .92em; overflow-wrap: anywhere }
bdi { overflow-wrap: anywhere }
.sign { flex: none; width: 2rem; height: 2rem; border-radius: 50%; font-size: 1.1rem; line-height: 2rem; text-align: center }
.l { display: inline-block; padding: 0 .5em; border-radius: 1em; font-size: .87rem; font-weight: 600; white-space: nowrap }
.good { color: var(--good); background: var(--good-on) }
.change { color: var(--change); background: var(--change-on) }
.gone { color: var(--gone); background: var(--gone-on) }
.calm { color: var(--calm); background: var(--calm-on) }
.bad { color: var(--bad); background: var(--bad-on) }
.warning { color: var(--warning); background: var(--warning-on) }
.doubt { color: var(--doubt); background: var(--doubt-on) }
.facts { display: flex; flex-wrap: wrap; gap: .6rem 1.7rem; margin: 0 }
.facts dt { color: var(--soft); font-size: .87rem }
.facts dd { margin: 0; font-weight: 600 }
.notice, .cause, table { background: var(--card); border: 1px solid var(--line); border-radius: .6rem }
.notice, .cause { margin: 0 0 .75rem; padding: .8rem 1rem }
.often { font-variant-numeric: tabular-nums }
.fix { font-weight: 600 }
.places { margin-top: .5rem; padding-top: .5rem; border-top: 1px solid var(--line) }
.places li { display: flex; flex-wrap: wrap; gap: 0 .9rem; align-items: baseline; padding: .15rem 0 }
.inline { display: flex; flex-wrap: wrap; gap: 0 1.5rem }
.more { color: var(--soft) }
table { width: 100%; border-collapse: separate; border-spacing: 0 }
th, td { padding: .55rem .8rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top }
tbody tr:last-child > * { border-bottom: 0 }
thead th { color: var(--soft); font-size: .87rem; font-weight: 600 }
tbody th { font-weight: 600 }
tbody th small { display: block; font-weight: 400 }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.none { color: var(--soft) }
.bar { display: flex; gap: 2px; height: .5rem; margin-top: .4rem; border-radius: .25rem; overflow: hidden }
.bar i { min-width: 3px; background: currentColor }
#totals tbody th { min-width: 14rem }
.beside { display: none }
#items td { min-width: 7rem }
#items td:nth-child(2) { min-width: 10rem }
#items td:last-child { min-width: 13rem }
#items td > small { display: block }
#items td:last-child { color: var(--soft); font-size: .87rem }
.filters { display: flex; flex-wrap: wrap; gap: .6rem 2rem; align-items: center; margin: 0 0 .9rem }
.boxes { display: flex; flex-wrap: wrap; gap: .3rem 1rem }
.search:not([hidden]) { display: block }
.search input { font: inherit; width: 14rem; max-width: 100%; padding: .2rem .5rem; border: 1px solid var(--soft); border-radius: .4rem; background: var(--card); color: inherit }
.away { display: none }
details summary { cursor: pointer; color: var(--link) }
.gallery li { display: flex; flex-wrap: wrap; gap: .2rem .7rem; align-items: center; padding: .3rem 0 }
.gallery img { display: block; width: 6rem; height: 6rem; object-fit: contain; background: var(--calm-on); border-radius: .3rem }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
@supports not selector(:has(*)) { .boxes { display: none } }
@media (max-width: 44rem) {
  header { padding-top: 1.25rem }
  h1 { font-size: 1.35rem }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  #totals, #totals tbody { display: block }
  #totals tr { display: flex; flex-wrap: wrap; gap: .35rem 1.2rem; padding: .9rem; border-bottom: 1px solid var(--line) }
  #totals tbody th { flex: 1 0 100%; padding: 0; border: 0 }
  #totals td { padding: 0; border: 0 }
  #totals tr:last-child { border-bottom: 0 }
  .beside { display: inline-block; margin-right: .4rem }
  .none { display: none }
  #items tr { display: grid; grid-template-columns: 7.5rem 1fr; gap: .15rem .7rem; padding: .7rem .9rem; border-bottom: 1px solid var(--line) }
  #items tr:last-child { border-bottom: 0 }
  #items td, #items td:nth-child(n) { min-width: 0; padding: 0; border: 0 }
  #items td:nth-child(n + 3) { grid-column: 1 / -1 }
  #items td:empty { display: none }
}
@media print {
  :root { --page: #fff; --card: #fff; --text: #000; --soft: #444; --line: #bbb }
  body { font-size: 10pt }
  main, footer { max-width: none; padding: 0 }
  header { padding-top: 0 }
  .filters { display: none }
  th, td { padding-block: .3rem }
  .cause, .notice, tr { break-inside: avoid }
  h2, h3 { break-after: avoid }
  thead { display: table-header-group }
  .l, .bar, .sign { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}
`
