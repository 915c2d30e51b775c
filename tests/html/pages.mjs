// Looks at HTML files as readers would: node pages.mjs CHROMIUM AXE.js PROFILE PICTURES FILE...
// Fails on anything in the console, any request, any script, what overflows, and what axe finds.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { open, start } from './browser.mjs';

const [program, axe, profile, pictures, ...files] = process.argv.slice(2);
const kMostBytes = 300 * 1024;
const screens = [
  { width: 380, height: 800, scheme: 'light' },
  { width: 380, height: 800, scheme: 'dark' },
  { width: 1400, height: 900, scheme: 'light' },
  { width: 1400, height: 900, scheme: 'dark' },
];

let faults = 0;
const fault = (where, what) => {
  ++faults;
  console.error(`FAIL: ${where}: ${what}`);
};

mkdirSync(pictures, { recursive: true });
const source = readFileSync(axe, 'utf8');
const browser = start(program, profile);
try {
  for (const file of files) {
    const size = statSync(file).size;
    if (size > kMostBytes) fault(file, `${size} bytes, more than ${kMostBytes}`);
    const url = pathToFileURL(file).href;
    for (const screen of screens) {
      const where = `${basename(file)} at ${screen.width} px, ${screen.scheme}`;
      const page = await open(browser, url, screen);
      const others = page.requests.filter((one) => one !== url);
      if (others.length > 0) fault(where, `asks for ${others.join(', ')}`);
      const scripts = await page.evaluate('document.scripts.length + ' +
        '[...document.querySelectorAll("*")].filter(e => [...e.attributes].some(a => /^on/i.test(a.name))).length');
      if (scripts > 0) fault(where, `${scripts} scripts`);
      const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
      if (overflow > 0) fault(where, `is ${overflow} px wider than the screen`);
      const smallest = await page.evaluate('Math.min(99, ...[...document.querySelectorAll("svg text")]' +
        '.map(e => e.getBoundingClientRect().height))');
      if (smallest < 10) fault(where, `labels of plots are ${smallest} px high`);
      writeFileSync(`${pictures}/${basename(file, '.html')}-${screen.width}-${screen.scheme}.png`,
        await page.picture());
      const before = page.said.length;
      if (before > 0) fault(where, `says ${page.said.join('; ')}`);
      await page.evaluate(source + ';0');
      // Opened, so that what is folded is looked at too.
      const violations = await page.evaluate('(async () => { for (const d of document.querySelectorAll("details")) ' +
        'd.open = true; const found = await axe.run(document, { resultTypes: ["violations"] }); ' +
        'return found.violations.map(v => `${v.id}: ${v.help} (${v.nodes.length}x: ${v.nodes[0].html.slice(0, 160)})`); })()');
      for (const violation of violations) fault(where, violation);
      console.log(`${where}: ${size} bytes, 0 requests, labels ${smallest.toFixed(1)} px, ` +
        `${violations.length} violations`);
      await page.close();
    }
  }
} finally {
  browser.stop();
}
process.exit(faults > 0 ? 1 : 0);
