// The one Python of a visit, in a worker, and the runs that it has not finished.
//
// A client is an element with the data of a cell (runtime, archive, bytes), and with
// showProgress(share), which tells how much of Python is loaded, print(text), and
// finish({ stopped, error, line, ms, graded }).

const SITE = new URL("../../", import.meta.url);
const WORKER = new URL("../live-worker.mjs", import.meta.url);

export const python = {
  worker: null,
  ready: false,
  clients: new Map(), // by the number of the run
  count: 0,

  begin({ runtime, archive, bytes }) {
    this.worker = new Worker(WORKER, { type: "module", name: "python" });
    this.worker.onmessage = ({ data }) => this.hear(data);
    this.worker.onerror = ({ message }) => this.fail(message ?? "no worker");
    this.worker.postMessage({
      runtime: new URL(runtime, SITE).href,
      archive: new URL(archive, SITE).href,
      bytes: Number(bytes),
    });
  },

  hear({ id, progress, ready, failed, text, done }) {
    if (failed) return this.fail(failed);
    if (ready) this.ready = true;
    if (ready || progress) this.clients.forEach((one) => one.showProgress(progress));
    if (text) this.clients.get(id).print(text);
    if (done) this.end(id, done);
  },

  // After code that ends without an error, `after` runs among its names; the JSON that
  // it prints last comes back as `graded`.
  run(client, code, { after } = {}) {
    if (!this.worker) this.begin(client.dataset);
    this.count += 1;
    this.clients.set(this.count, client);
    this.worker.postMessage({ id: this.count, code, after });
  },

  isBusy(client) {
    return [...this.clients.values()].includes(client);
  },

  end(id, result) {
    const client = this.clients.get(id);
    this.clients.delete(id);
    client.finish(result);
  },

  // Python cannot be interrupted, so the worker goes; the next one is made ready at once.
  stop({ dataset }) {
    const again = this.ready;
    this.drop({ stopped: "Stopped." });
    if (again) this.begin(dataset);
  },

  fail(error) {
    const what = this.ready ? "broke down" : "could not be loaded";
    this.drop({ stopped: `Python ${what}.`, error });
  },

  drop(result) {
    this.worker.terminate();
    this.worker = null;
    this.ready = false;
    for (const id of [...this.clients.keys()]) this.end(id, result);
  },
};
