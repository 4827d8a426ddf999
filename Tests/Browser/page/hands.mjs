// What a person does at a page, in any browser: a driver adds how the browser is told.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function sleep(time) { return new Promise(done => setTimeout(done, time)); }

// A driver has `process`, `run(expression)` and `leave()`, which asks the browser to close.
export class Hands {
  // Whom the page spoke to, what went wrong in it, and how often it asked back.
  requests = [];
  problems = [];
  dialogs = 0;

  // A profile that is given stays, to be looked at; a folder of our own goes.
  constructor(profile) {
    this.keeps = Boolean(profile);
    this.folder = profile || mkdtempSync(join(tmpdir(), 'page-'));
  }

  // Runs a function of a test's file in the page.
  call(action, ...values) { return this.run(`(${action})(...${JSON.stringify(values)})`); }
  click(selector) { return this.call(which => document.querySelector(which).click(), selector); }
  text(selector) { return this.call(which => document.querySelector(which).textContent, selector); }

  select(selector) {
    return this.call(which => {
      const field = document.querySelector(which);
      field.focus();
      field.select();
    }, selector);
  }

  async until(expression) {
    for (const end = Date.now() + 20000; Date.now() < end; await sleep(30)) if (await this.run(expression)) return;
    throw new Error(`never: ${expression}`);
  }

  kill() { this.process.kill('SIGKILL'); }

  async close() {
    // A second time, or after a kill, there is nobody left to ask.
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const ended = new Promise(done => this.process.once('exit', done));
      this.leave();
      await ended;
    }
    // Its helpers end a moment later than it does.
    if (!this.keeps) rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
