// Drives a headless Chromium over its pipe: no package between the test and the browser.
import { spawn } from 'node:child_process';

/** Starts the browser; `send` asks it something, `on` hears every event of a page's session. */
export function start(program, profile) {
  const child = spawn(program, ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--hide-scrollbars',
    '--remote-debugging-pipe', `--user-data-dir=${profile}`, 'about:blank'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
  const waiting = new Map();
  const listeners = [];
  let number = 0;
  let rest = '';
  child.stdio[4].setEncoding('utf8');
  child.stdio[4].on('data', (chunk) => {
    const messages = (rest + chunk).split('\0');
    rest = messages.pop();
    for (const text of messages) {
      const message = JSON.parse(text);
      if (message.id === undefined) {
        for (const listener of listeners) listener(message);
        continue;
      }
      const { resolve, reject } = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error) reject(new Error(message.error.message));
      else resolve(message.result);
    }
  });
  child.on('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the browser ended'));
  });
  const send = (method, params = {}, sessionId = undefined) => new Promise((resolve, reject) => {
    waiting.set(++number, { resolve, reject });
    child.stdio[3].write(JSON.stringify({ id: number, method, params, sessionId }) + '\0');
  });
  return { send, on: (listener) => listeners.push(listener), stop: () => child.kill() };
}

/** Opens the file as a reader with this screen would; gives what was said, asked for, and a way to look. */
export async function open(browser, url, { width, height, scheme }) {
  const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
  const send = (method, params) => browser.send(method, params, sessionId);
  const said = [];
  const requests = [];
  let loaded;
  const load = new Promise((resolve) => { loaded = resolve; });
  browser.on((event) => {
    if (event.sessionId !== sessionId) return;
    if (event.method === 'Network.requestWillBeSent') requests.push(event.params.request.url);
    if (event.method === 'Log.entryAdded') said.push(event.params.entry.text);
    if (event.method === 'Runtime.consoleAPICalled') said.push(JSON.stringify(event.params.args));
    if (event.method === 'Runtime.exceptionThrown') said.push(event.params.exceptionDetails.text);
    if (event.method === 'Page.loadEventFired') loaded();
  });
  for (const domain of ['Page', 'Network', 'Log', 'Runtime']) await send(`${domain}.enable`);
  await send('Emulation.setDeviceMetricsOverride',
    { width, height, deviceScaleFactor: 1, mobile: width < 500 });
  await send('Emulation.setEmulatedMedia',
    { features: [{ name: 'prefers-color-scheme', value: scheme }] });
  await send('Page.navigate', { url });
  await load;
  const evaluate = async (expression) => {
    const answer = await send('Runtime.evaluate',
      { expression, awaitPromise: true, returnByValue: true });
    if (answer.exceptionDetails)
      throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
    return answer.result.value;
  };
  const picture = async (top = 0, most = Infinity) => {
    const { cssContentSize } = await send('Page.getLayoutMetrics');
    const { data } = await send('Page.captureScreenshot', { captureBeyondViewport: true,
      clip: { x: 0, y: top, width, height: Math.min(most, Math.ceil(cssContentSize.height) - top), scale: 1 } });
    return Buffer.from(data, 'base64');
  };
  return { said, requests, evaluate, picture, close: () => browser.send('Target.closeTarget', { targetId }) };
}
