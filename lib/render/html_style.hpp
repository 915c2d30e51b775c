// The look of every HTML page: quiet type, one accent, light and dark, narrow screens and paper.
#pragma once

#include <string_view>

namespace nines::render {

/// Colours have a contrast of at least 4.5 to 1 on their ground, in both schemes.
inline constexpr std::string_view kPageStyle = R"css(
:root{color-scheme:light dark;--ink:#1c2024;--quiet:#565d66;--ground:#fdfdfc;--card:#f4f3ef;--rule:#d9d7d0;
--accent:#0b5394;--good:#0a5c20;--warn:#7a4b00;--bad:#a30d0d}
@media(prefers-color-scheme:dark){:root{--ink:#e8e6e1;--quiet:#a9adb3;--ground:#15171a;--card:#1e2125;--rule:#3a3f45;
--accent:#8ab8ec;--good:#7ddc95;--warn:#f0c070;--bad:#ff9a9a}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;color:var(--ink);background:var(--ground);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,
"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:62rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}
h1,h2,h3{line-height:1.2;text-wrap:balance;overflow-wrap:anywhere}
h1{font-size:clamp(1.6rem,1.2rem + 2vw,2.4rem);letter-spacing:-.015em;margin:0 0 1rem}
h2{font-size:1.3rem;margin:3rem 0 .75rem;padding-top:1.1rem;border-top:2px solid var(--ink)}
h3{font-size:1.02rem;margin:1.8rem 0 .4rem}
p{max-width:44rem;margin:.55rem 0;overflow-wrap:anywhere}
p.good,p.warn,p.bad{color:var(--ink);border-left:3px solid;padding-left:.75rem}
p.good{border-color:var(--good)}p.warn{border-color:var(--warn)}p.bad{border-color:var(--bad)}
a{color:var(--accent)}
nav{background:var(--card);border-radius:.5rem;padding:.9rem 1.2rem;margin:1.5rem 0}
nav ol{list-style:none;margin:0;padding:0;columns:17rem;column-gap:2rem}
nav li{break-inside:avoid;padding:.12rem 0}
nav a{text-decoration:none}
nav a:hover,nav a:focus{text-decoration:underline}
dl{display:grid;grid-template-columns:minmax(7rem,max-content) 1fr;gap:.25rem 1.25rem;margin:.9rem 0}
dt{color:var(--quiet)}
dd{margin:0;overflow-wrap:anywhere}
.scroll{overflow-x:auto;margin:.8rem 0}
table{border-collapse:collapse;font-size:.92rem;line-height:1.4}
th{font-weight:600;color:var(--quiet);text-align:left;vertical-align:bottom;border-bottom:1px solid var(--quiet)}
td{vertical-align:top;border-bottom:1px solid var(--rule)}
th,td{padding:.36rem 1.1rem .36rem 0}
th:last-child,td:last-child{padding-right:0}
td{white-space:nowrap}.r{text-align:right}td.s{white-space:normal;overflow-wrap:anywhere;min-width:9rem}
.good{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}.dim{color:var(--quiet)}.strong{font-weight:600}
pre{overflow-x:auto;font-size:.82rem;line-height:1.25;background:var(--card);padding:.8rem 1rem;border-radius:.4rem}
code{font-size:.9em}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr));gap:1.4rem 2rem;margin:1.2rem 0}
figure{margin:0;min-width:0;break-inside:avoid}
figcaption{font-weight:600;font-size:.92rem;margin-bottom:.2rem;overflow-wrap:anywhere}
figcaption small{display:block;font-weight:400;color:var(--quiet);font-size:.84rem}
svg{display:block;width:100%;max-width:32rem;height:auto}
svg text{fill:var(--quiet);font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
svg .axis{stroke:var(--quiet)}svg .grid{stroke:var(--rule)}
svg .line{fill:none;stroke:var(--accent);stroke-width:2;stroke-linejoin:round}
svg .dashed{stroke:var(--warn);stroke-dasharray:6 4}
svg .bar{fill:var(--accent)}
details{font-size:.9rem;margin-top:.3rem}
summary{cursor:pointer;color:var(--quiet)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
@media(max-width:30rem){td.s{min-width:7rem}main{padding:1.5rem 1rem 3rem}table{font-size:.86rem}
dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}}
@media print{:root{--ink:#000;--quiet:#444;--ground:#fff;--card:#fff;--rule:#bbb;--accent:#0b5394;--good:#0a5c20;
--warn:#7a4b00;--bad:#a30d0d}body{font-size:10.5pt}main{max-width:none;padding:0}nav,summary{display:none}
h2,h3{break-after:avoid}td{white-space:normal}tr,figure{break-inside:avoid}.scroll{overflow:visible}}
)css";

}  // namespace nines::render
