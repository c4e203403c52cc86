// Python for live cells, in a worker: the page stays responsive, and ending the worker
// ends whatever runs in it.

const LIMIT = 20_000; // characters of output: more would freeze the page
const PAUSE = 50; // ms between two messages with output
const OURS = "/ours"; // the folder of the package and of what runs cells

let arrived; // called with the number of bytes
let failed; // called with an error

// Count what arrives, for Pyodide tells nothing of its progress; and tell of what does
// not arrive, for Pyodide would wait for it.  What is counted is a copy: a browser keeps
// what it has compiled for an answer that comes from it, and for no other.
function watchFetch() {
  const ask = self.fetch;
  self.fetch = async (...request) => {
    const answer = await ask(...request).catch((error) => ({ error }));
    if (!answer.ok) {
      failed(answer.error ?? new Error(`${answer.url}: ${answer.status}`));
      return new Promise(() => {}); // the page ends this worker
    }
    count(answer.clone().body.getReader()).catch(failed);
    return answer;
  };
}

async function count(reader) {
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    arrived(value.byteLength);
  }
}

// Wait for a load of so many bytes, or for the first error in it.
function watched(bytes, load) {
  arrived = progress(bytes);
  const broken = new Promise((_, fail) => (failed = fail));
  return Promise.race([load(), broken]);
}

// Tell how much there is of the bytes that will be loaded.
function progress(bytes) {
  let loaded = 0;
  let told = 0;
  return (more) => {
    loaded += more;
    if (performance.now() < told + PAUSE) return;
    told = performance.now();
    postMessage({ progress: Math.min(loaded / bytes, 1) });
  };
}

async function load(runtime, archive) {
  const files = fetch(archive).then((answer) => answer.arrayBuffer());
  const { loadPyodide } = await import(`${runtime}pyodide.mjs`);
  const options = { indexURL: runtime, packages: ["numpy"] };
  const [python, zipped] = await Promise.all([loadPyodide(options), files]);
  // unpacked, for out of an archive Python compiles each module twice
  python.unpackArchive(zipped, "zip", { extractDir: OURS });
  python.runPython(`import sys; sys.path.append("${OURS}")`);
  return python;
}

async function start({ runtime, archive, bytes, matplotlib }) {
  watchFetch();
  const python = await watched(bytes, () => load(runtime, archive));
  const output = new Output();
  python.setStdout(output); // of what does not go through sys.stdout
  python.setStderr(output);
  python.setStdin({ stdin: () => null }); // nobody can answer
  const make = python.runPython("from _bp_cells.running import Runner; Runner");
  const show = matplotlib ? (picture, words) => output.show(picture, words) : null;
  const runner = make((text) => output.add(text), show);
  return { runner, output, drawing: new Drawing(python, matplotlib) };
}

// matplotlib, for a reader who imports it; `bytes` are 0 where it is not to be had.
class Drawing {
  constructor(python, bytes) {
    Object.assign(this, { python, bytes });
  }

  async load() {
    if (!this.bytes || this.loaded) return;
    postMessage({ loading: `matplotlib, ${Math.round(this.bytes / 1e6)} MB` });
    const quiet = { messageCallback: () => {} };
    const load = () => this.python.loadPackage("matplotlib", quiet);
    await watched(this.bytes, load).catch((error) => {
      throw Object.assign(error, { what: "matplotlib could not be loaded" });
    });
    this.python.runPython("from _bp_cells import backend; backend.put_back()");
    this.loaded = true;
    postMessage({ loading: "" });
  }
}

// What is printed, sent on in portions, up to a limit.
class Output {
  reset(id) {
    this.id = id;
    this.text = "";
    this.left = LIMIT;
    this.sent = performance.now();
    this.decoder = new TextDecoder();
  }

  write(bytes) {
    this.add(this.decoder.decode(bytes, { stream: true }));
    return bytes.length;
  }

  add(text) {
    if (this.left <= 0) return;
    this.text += text.slice(0, this.left);
    this.left -= text.length;
    if (this.left <= 0) this.text += `\n... cut after ${LIMIT} characters`;
    if (this.left <= 0 || performance.now() > this.sent + PAUSE) this.send();
  }

  show(picture, words) {
    this.send();
    postMessage({ id: this.id, picture, words });
  }

  send() {
    if (this.text) postMessage({ id: this.id, text: this.text });
    this.text = "";
    this.sent = performance.now();
  }
}

// The addresses of all that was loaded here.
const used = () => performance.getEntriesByType("resource").map(({ name }) => name);

let python;

function begin(addresses) {
  python = start(addresses);
  python.then(
    () => postMessage({ ready: true, used: used() }),
    (error) => postMessage({ failed: String(error.message ?? error) }),
  );
}

async function runCode({ runner, output, drawing }, { id, request }) {
  output.reset(id);
  const asked = JSON.stringify(request);
  if (runner.draws(asked)) await drawing.load();
  const begun = performance.now();
  const result = JSON.parse(runner.run(asked));
  output.send();
  postMessage({ id, done: { ...result, ms: performance.now() - begun } });
}

// What nothing else has caught, in order with the other messages.
self.addEventListener("error", (event) => {
  event.preventDefault();
  postMessage({ failed: event.message });
});

self.onmessage = async ({ data }) => {
  if (data.runtime) return begin(data);
  const running = await python.catch(() => null); // begin has told of it
  try {
    if (running && data.forget) running.runner.forget(data.forget);
    else if (running) await runCode(running, data);
  } catch (error) {
    postMessage({ failed: String(error.message ?? error), what: error.what });
  }
};
