// A small driver for Chromium over its own protocol; nothing to install.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Hands, sleep } from './hands.mjs';

export { sleep };

export const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
  + "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
  + "require-trusted-types-for 'script'";
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };

// Serves a folder as the real server does, with `/` for `/index.html`.
export async function serve(folder) {
  const server = createServer(async (request, response) => {
    const path = request.url.endsWith('/') ? request.url + 'index.html' : request.url;
    try {
      const content = await readFile(join(folder, path));
      response.writeHead(200, {
        'Content-Type': types[extname(path)] || 'application/octet-stream',
        'Content-Security-Policy': policy, 'Cache-Control': 'no-store'
      });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise(done => server.listen(0, '127.0.0.1', done));
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

export class Browser extends Hands {
  // `options`: more for the command line. `hidden`: a private window. `profile`: a folder that stays.
  static async open({ options = [], hidden = false, profile = null } = {}) {
    const browser = new Browser(profile);
    const more = hidden ? [...options, '--incognito'] : options;
    browser.process = spawn('chromium', ['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars',
      '--disable-component-update', '--disable-background-networking', '--no-first-run',
      '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream',
      ...more, '--remote-debugging-pipe', `--user-data-dir=${browser.folder}`, 'about:blank'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    browser.listen();
    const { targetInfos } = await browser.send('Target.getTargets');
    await browser.attach(targetInfos.find(each => each.type === 'page').targetId);
    return browser;
  }

  tabs = [];

  // The tab that hands and eyes are at from now on.
  async attach(targetId) {
    this.session = undefined;
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    this.session = sessionId;
    this.tabs.push(sessionId);
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await this.send(`${domain}.enable`);
  }

  async newTab() {
    this.session = undefined;
    await this.attach((await this.send('Target.createTarget', { url: 'about:blank' })).targetId);
  }

  tab(number) { this.session = this.tabs[number]; }

  waiting = new Map();
  count = 0;

  // Messages come and go through two pipes, with a zero byte after each.
  listen() {
    let held = [];
    this.process.stdio[4].on('data', data => {
      let start = 0;
      for (let end; (end = data.indexOf(0, start)) >= 0; start = end + 1) {
        this.hear(JSON.parse(Buffer.concat([...held, data.subarray(start, end)])));
        held = [];
      }
      held.push(data.subarray(start));
    });
    // A browser that was killed takes no more.
    this.process.stdio[3].on('error', () => {});
  }

  hear(message) {
    const { method, params } = message;
    if (message.id) this.waiting.get(message.id)(message);
    if (method === 'Runtime.exceptionThrown') this.problems.push(params.exceptionDetails.exception?.description || params.exceptionDetails.text);
    if (method === 'Log.entryAdded') this.problems.push(params.entry.text);
    if (method === 'Network.requestWillBeSent') this.requests.push(params.request.url);
    if (method === 'Page.loadEventFired') this.loaded?.();
    if (method === 'Page.javascriptDialogOpening') {
      this.dialogs += 1;
      this.send('Page.handleJavaScriptDialog', { accept: true });
    }
  }

  async send(method, params = {}) {
    const id = ++this.count;
    const answer = await new Promise(done => {
      this.waiting.set(id, done);
      this.process.stdio[3].write(JSON.stringify({ id, method, params, sessionId: this.session }) + '\0');
    });
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result;
  }

  async files(selector, paths) {
    const { root } = await this.send('DOM.getDocument', {});
    const { nodeId } = await this.send('DOM.querySelector', { nodeId: root.nodeId, selector });
    await this.send('DOM.setFileInputFiles', { nodeId, files: paths });
  }

  // Where what the page gives out is put.
  downloads(folder) { return this.send('Page.setDownloadBehavior', { behavior: 'allow', downloadPath: folder }); }

  async run(expression) {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate',
      { expression, awaitPromise: true, returnByValue: true, userGesture: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description || exceptionDetails.text);
    return result.value;
  }

  async goto(address) {
    const loaded = new Promise(done => { this.loaded = done; });
    await this.send('Page.navigate', { url: address });
    await loaded;
  }

  size(width) { return this.send('Emulation.setDeviceMetricsOverride', { width, height: 740, deviceScaleFactor: 1, mobile: true }); }
  dark(on) { return this.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: on ? 'dark' : 'light' }] }); }

  async type(selector, text) {
    await this.select(selector);
    await this.send('Input.insertText', { text });
  }

  async key(key, code) {
    for (const type of ['keyDown', 'keyUp']) await this.send('Input.dispatchKeyEvent', { type, key, code: key, windowsVirtualKeyCode: code });
  }

  async shot(file) {
    const { data } = await this.send('Page.captureScreenshot', { format: 'png', captureBeyondViewport: true });
    writeFileSync(file, Buffer.from(data, 'base64'));
  }

  leave() { this.send('Browser.close').catch(() => {}); }
}
