// The one Python of a visit, in a worker, and the runs that wait for it.
//
// A client is an element with the data of a cell (runtime, archive, bytes, matplotlib),
// and with showProgress(share), which tells how much of Python is loaded, print(text), and
// finish({ stopped, error, line, before, ms, graded }).  Where it has them, showWaiting()
// is called while another run goes first, showRunning() when its own begins,
// showLoading(what) when it waits for more, with "" when that is there, and
// draw(picture, words) with the address of a picture, and what it shows.

import { keep } from "./keeping.mjs";

const SITE = new URL("../../", import.meta.url);
const WORKER = new URL("../live-worker.mjs", import.meta.url);

export const python = {
  worker: null,
  ready: false,
  used: [], // the addresses that its worker loaded, until they are kept
  running: null, // { id, client, code, options }
  waiting: [],
  count: 0,

  begin({ runtime, archive, bytes, matplotlib }) {
    this.worker = new Worker(WORKER, { type: "module", name: "python" });
    this.worker.onmessage = ({ data }) => this.hear(data);
    this.worker.onerror = ({ message }) => this.fail(message ?? "no worker");
    this.worker.postMessage({
      runtime: new URL(runtime, SITE).href,
      archive: new URL(archive, SITE).href,
      bytes: Number(bytes),
      matplotlib: Number(matplotlib),
    });
  },

  hear({ id, progress, ready, used, loading, failed, what, text, picture, words, done }) {
    if (failed) return this.fail(failed, what);
    if (ready) [this.ready, this.used] = [true, used];
    if (ready || progress)
      for (const { client } of this.all()) client.showProgress(progress);
    const client = this.running?.client;
    if (loading !== undefined) client?.showLoading?.(loading);
    if (this.running?.id !== id) return;
    if (text) client.print(text);
    if (picture) client.draw?.(picture, words);
    if (done) this.end(done);
  },

  all() {
    return this.running ? [this.running, ...this.waiting] : this.waiting;
  },

  // Code runs among names of its own, or as the block `index` of the `blocks` of a
  // `page`, after those that it stands on.  After code that ends without an error,
  // `after` runs among its names; the JSON that it prints last comes back as `graded`.
  // Options that are a function are asked for when the run begins, and may give the code.
  run(client, code, options = {}) {
    this.count += 1;
    this.waiting.push({ id: this.count, client, code, options });
    if (this.running) client.showWaiting?.();
    this.next();
  },

  next() {
    if (this.running || !this.waiting.length) return;
    this.running = this.waiting.shift();
    const { id, client, code, options } = this.running;
    if (!this.worker) this.begin(client.dataset);
    client.showRunning?.();
    const given = typeof options === "function" ? options() : options;
    this.worker.postMessage({ id, request: { code, ...given } });
  },

  isBusy(client) {
    return this.all().some((run) => run.client === client);
  },

  end(result) {
    const { client } = this.running;
    this.running = null;
    client.finish(result);
    this.next();
    if (this.used.length) keep(this.used.splice(0), client.dataset);
  },

  // What waits is taken out.  Python that runs cannot be interrupted, so its worker goes;
  // the next one is made ready at once, for what waits.
  stop(client) {
    const stopped = "Stopped.";
    const waits = this.waiting.filter((run) => run.client === client);
    this.waiting = this.waiting.filter((run) => run.client !== client);
    if (this.running?.client === client) {
      const again = this.ready;
      this.drop();
      if (again) this.begin(client.dataset);
      this.end({ stopped });
    } else if (waits.length) client.finish({ stopped });
  },

  // Begin a page again, without variables.
  forget(page) {
    this.worker?.postMessage({ forget: page });
  },

  fail(error, what) {
    const loaded = this.ready;
    this.drop();
    const ended = loaded ? [] : this.waiting.splice(0);
    what ??= `Python ${loaded ? "broke down" : "could not be loaded"}`;
    const result = { stopped: `${what}.`, error };
    for (const { client } of ended) client.finish(result);
    if (this.running) this.end(result);
  },

  drop() {
    this.worker?.terminate();
    this.worker = null;
    this.ready = false;
  },
};
