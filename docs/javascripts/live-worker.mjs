// Python for live cells, in a worker: the page stays responsive, and ending the worker
// ends whatever runs in it.

const LIMIT = 20_000; // characters of output: more would freeze the page
const PAUSE = 50; // ms between two messages with output

const RUNNER = `
import contextlib, io, sys, traceback, warnings
import numpy

CELL = "<cell>"

def warn(message, category, filename, line, file=None, text=None):
    place = f"line {line}: " if filename == CELL else ""
    print(f"{place}{category.__name__}: {message}", file=sys.stderr)

def place(error):
    """The deepest line of the reader's code, and whether the error came from there."""
    if isinstance(error, SyntaxError) and error.filename == CELL:
        return error.lineno, True
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == CELL]
    return (lines[-1] if lines else None), bool(frames and frames[-1].filename == CELL)

def origin(error):
    """The reader's own error, where the package only passes it on."""
    found, at = error, place(error)
    while error is not None and not at[1]:
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if error is not None and place(error)[0] is not None:
            found, at = error, place(error)
    return found, at[0]

def words(error):
    try:
        return str(error)
    except Exception:
        return "it cannot be shown"

def describe(error, source):
    """What went wrong in two lines: the reader's code, and what was said of it."""
    error, line = origin(error)
    message = error.msg if isinstance(error, SyntaxError) else words(error)
    if isinstance(error, ModuleNotFoundError):
        message = f"{error.name} is not here, only NumPy and backprop_explained"
    if len(message) > 500:
        message = message[:500] + " ..."
    said = type(error).__name__ + (f": {message}" if message else "")
    code = source.splitlines()
    if line is None or not 0 < line <= len(code):
        return said, None
    return f"Line {line}: {code[line - 1].strip()}\\n{said}", line

def judged(after, names):
    """The JSON that the code after the reader's prints last."""
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(after, "<after>", "exec", dont_inherit=True), names)
    return printed.getvalue().splitlines()[-1]

def run(source, after):
    """What went wrong and on which line, or what the code after it said."""
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__  # a run may have put others
    names = {"__name__": "__main__"}
    try:
        code = compile(source, CELL, "exec", dont_inherit=True)
        with warnings.catch_warnings(), numpy.errstate(), numpy.printoptions():
            warnings.simplefilter("always")
            warnings.showwarning = warn
            exec(code, names)
            return None, None, judged(after, names) if after else None
    except BaseException as error:
        return *describe(error, source), None
    finally:
        sys.__stdout__.flush()
        sys.__stderr__.flush()
`;

// Count what arrives, for Pyodide tells nothing of its progress; and tell of what does
// not arrive, for Pyodide would wait for it.
function watchFetch(arrived, failed) {
  const ask = self.fetch;
  self.fetch = async (...request) => {
    const answer = await ask(...request).catch((error) => ({ error }));
    if (!answer.ok) {
      failed(answer.error ?? new Error(`${answer.url}: ${answer.status}`));
      return new Promise(() => {}); // the page ends this worker
    }
    const counter = new TransformStream({
      transform(chunk, stream) {
        arrived(chunk.byteLength);
        stream.enqueue(chunk);
      },
    });
    answer.body.pipeTo(counter.writable).catch(failed);
    return new Response(counter.readable, answer);
  };
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
  python.FS.writeFile("/backprop_explained.zip", new Uint8Array(zipped));
  python.runPython("import sys; sys.path.append('/backprop_explained.zip')");
  python.runPython("import backprop_explained");
  return python;
}

async function start({ runtime, archive, bytes }) {
  const broken = new Promise((_, failed) => watchFetch(progress(bytes), failed));
  const python = await Promise.race([load(runtime, archive), broken]);
  const names = python.globals.get("dict")();
  python.runPython(RUNNER, { globals: names });
  const output = new Output();
  python.setStdout(output);
  python.setStderr(output);
  python.setStdin({ stdin: () => null }); // nobody can answer
  return { run: names.get("run"), output };
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
    const text = this.decoder.decode(bytes, { stream: true });
    this.text += text.slice(0, this.left);
    if (this.left > 0 && text.length >= this.left) {
      this.text += `\n... cut after ${LIMIT} characters`;
    }
    this.left -= text.length;
    if (performance.now() > this.sent + PAUSE) this.send();
    return bytes.length;
  }

  send() {
    if (this.text) postMessage({ id: this.id, text: this.text });
    this.text = "";
    this.sent = performance.now();
  }
}

let python;

function begin(addresses) {
  python = start(addresses);
  python.then(
    () => postMessage({ ready: true }),
    (error) => postMessage({ failed: String(error.message ?? error) }),
  );
}

function runCode({ run, output }, { id, code, after }) {
  output.reset(id);
  const begun = performance.now();
  const result = run(code, after);
  const [error, line, said] = result.toJs();
  result.destroy();
  output.send();
  const graded = said && JSON.parse(said);
  postMessage({ id, done: { error, line, graded, ms: performance.now() - begun } });
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
    if (running) runCode(running, data);
  } catch (error) {
    postMessage({ failed: String(error.message ?? error) });
  }
};
