// Firefox over its WebDriver BiDi port: the same hands as driver.mjs gives Chromium.
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hands } from './hands.mjs';
import { openSocket } from './socket.mjs';

// As people have it, but for what would speak to its makers or open pages of its own. Nothing leaves
// this machine: everything but it is behind a proxy that is not there.
const usual = {
  'remote.prefs.recommended': false,
  'app.update.disabledForTesting': true,
  'browser.aboutwelcome.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
  'termsofuse.bypassNotification': true,
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1', 'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1', 'network.proxy.ssl_port': 9,
  'network.proxy.allow_hijacking_localhost': false,
  // A chosen file is opened where the page runs, as the protocol does it.
  'dom.file.createInChild': true,
  // What is typed would be written for a crash every 15 seconds; a test does not wait as long.
  'browser.sessionstore.interval': 1000,
};

export class Firefox extends Hands {
  // `hidden`: a private window. `wasm`: whether there is any. `profile`: a folder that stays.
  static async open({ hidden = false, wasm = true, profile = null, options = [] } = {}) {
    const browser = new Firefox(profile);
    browser.prepare({ 'browser.privatebrowsing.autostart': hidden, 'javascript.options.wasm': wasm });
    browser.process = spawn('firefox-esr', ['--headless', '--no-remote', '--remote-debugging-port=0',
      '--profile', browser.folder, ...options, 'about:blank'], { stdio: ['ignore', 'ignore', 'pipe'] });
    const address = await browser.address();
    browser.socket = await openSocket(`${address}/session`, text => browser.hear(JSON.parse(text)));
    await browser.send('session.new', { capabilities: { alwaysMatch: { unhandledPromptBehavior: { default: 'ignore' } } } });
    await browser.send('session.subscribe', { events: ['network.beforeRequestSent', 'log.entryAdded',
      'browsingContext.userPromptOpened'] });
    const { contexts } = await browser.send('browsingContext.getTree');
    browser.context = contexts[0].context;
    return browser;
  }

  waiting = new Map();
  count = 0;

  prepare(more) {
    mkdirSync(this.folder, { recursive: true });
    const lines = Object.entries({ ...usual, ...more })
      .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
    writeFileSync(join(this.folder, 'user.js'), lines.join(''));
  }

  // Where it listens, as it says when it is ready.
  address() {
    return new Promise((accept, refuse) => {
      let said = '';
      this.process.stderr.on('data', data => {
        said = (said + data).slice(-4096);
        const found = said.match(/WebDriver BiDi listening on (ws:\/\/\S+)/);
        if (found) accept(found[1]);
      });
      this.process.once('exit', () => refuse(new Error(`Firefox ended: ${said}`)));
      this.process.once('error', refuse);
    });
  }

  hear(message) {
    const { method, params } = message;
    if ('id' in message) this.waiting.get(message.id)?.(message);
    if (method === 'network.beforeRequestSent') this.requests.push(params.request.url);
    if (method === 'log.entryAdded' && params.level === 'error') this.problems.push(params.text);
    if (method === 'browsingContext.userPromptOpened') {
      this.dialogs += 1;
      this.send('browsingContext.handleUserPrompt', { context: params.context, accept: true });
    }
  }

  async send(method, params = {}) {
    const id = ++this.count;
    const answer = await new Promise(done => {
      this.waiting.set(id, done);
      this.socket.send(JSON.stringify({ id, method, params }));
    });
    this.waiting.delete(id);
    if (answer.type === 'error') throw new Error(`${method}: ${answer.error}: ${answer.message}`);
    return answer.result;
  }

  async run(expression) {
    const answer = await this.send('script.evaluate', { expression, awaitPromise: true, userActivation: true,
      target: { context: this.context }, serializationOptions: { maxObjectDepth: 20 } });
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
    return plain(answer.result);
  }

  goto(url) { return this.send('browsingContext.navigate', { context: this.context, url, wait: 'complete' }); }
  size(width) { return this.send('browsingContext.setViewport', { context: this.context, viewport: { width, height: 740 } }); }

  async files(selector, paths) {
    const { nodes } = await this.send('browsingContext.locateNodes',
      { context: this.context, locator: { type: 'css', value: selector } });
    await this.send('input.setFiles', { context: this.context, element: { sharedId: nodes[0].sharedId }, files: paths });
  }

  async type(selector, text) {
    await this.select(selector);
    await this.call(typed => document.execCommand('insertText', false, typed), text);
  }

  async key(key) {
    const value = { Escape: '\uE00C', Enter: '\uE007', ArrowDown: '\uE015' }[key];
    await this.send('input.performActions', { context: this.context, actions: [{ type: 'key', id: 'keys',
      actions: [{ type: 'keyDown', value }, { type: 'keyUp', value }] }] });
  }

  async shot(file) {
    const { data } = await this.send('browsingContext.captureScreenshot', { context: this.context, origin: 'document' });
    writeFileSync(file, Buffer.from(data, 'base64'));
  }

  leave() { this.send('browser.close').catch(() => {}); }
}

// A value as the protocol carries it, back to what it was.
function plain({ type, value }) {
  if (type === 'array') return value.map(plain);
  if (type === 'object') return Object.fromEntries(value.map(([name, each]) => [name, plain(each)]));
  if (type === 'null') return null;
  return value;
}
