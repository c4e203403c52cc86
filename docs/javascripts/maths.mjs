// The package's mathematics, function by function, for the figures that move.
// Every function here is tested against its namesake in Python.

export const sigmoid = (z) => 1 / (1 + Math.exp(-z));

export const sigmoidDerivative = (z) => sigmoid(z) * sigmoid(-z);

export const sigmoidDerivativeFromOutput = (a) => a * (1 - a);

/** The question's four readings of the slope, (z, a) -> da/dz, by name. */
export const readings = {
  "derivative(z)": (z, a) => sigmoidDerivative(z),
  "derivative_from_output(a)": (z, a) => sigmoidDerivativeFromOutput(a),
  "derivative_from_output(z)": (z, a) => sigmoidDerivativeFromOutput(z),
  "derivative(a)": (z, a) => sigmoidDerivative(a),
};

const each = (u, v, f) => u.map((row, i) => row.map((value, j) => f(value, v[i][j])));
const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const transpose = (u) => u[0].map((_, j) => u.map((row) => row[j]));
const matmul = (u, v) =>
  u.map((row) => v[0].map((_, j) => sum(row.map((value, k) => value * v[k][j]))));

export const squaredError = {
  value: (a, y) => 0.5 * sum(each(a, y, (a, y) => (a - y) ** 2).flat()),
  slope: (a, y) => each(a, y, (a, y) => a - y),
};

export const sumOfSquares = {
  value: (a, y) => sum(each(a, y, (a, y) => (a - y) ** 2).flat()),
  slope: (a, y) => each(a, y, (a, y) => 2 * (a - y)),
};

/** Every z and every a; examples are rows, and a network may have no biases. */
export function forward({ weights, biases = [] }, x) {
  const zs = [];
  const activations = [x];
  weights.forEach((W, layer) => {
    const b = biases[layer] ?? W[0].map(() => 0);
    const z = matmul(activations.at(-1), W).map((row) => row.map((v, j) => v + b[j]));
    zs.push(z);
    activations.push(z.map((row) => row.map(sigmoid)));
  });
  return { zs, activations };
}

/** The gradient with respect to every weight and bias, with one reading of the slope. */
export function backward({ weights, biases = [] }, trace, y, cost, slope) {
  const gradients = { weights: [], biases: [] };
  let error = cost.slope(trace.activations.at(-1), y); // dC/da
  for (let layer = weights.length - 1; layer >= 0; layer--) {
    const slopes = each(trace.zs[layer], trace.activations[layer + 1], slope);
    const delta = each(error, slopes, (e, s) => e * s); // dC/dz
    gradients.weights.unshift(matmul(transpose(trace.activations[layer]), delta));
    if (biases.length) gradients.biases.unshift(transpose(delta).map(sum));
    error = matmul(delta, transpose(weights[layer])); // dC/da, one layer down
  }
  return gradients;
}

/** One step of gradient descent; the network stays as it is. */
export function descend({ weights, biases = [] }, gradients, stepSize) {
  const moved = (w, dw) => w - stepSize * dw;
  return {
    weights: weights.map((W, layer) => each(W, gradients.weights[layer], moved)),
    biases: biases.length ? each(biases, gradients.biases, moved) : [],
  };
}

/** The cost and the outputs after 0, 1, ..., `steps` steps, while all is finite. */
export function train(network, x, y, cost, steps, stepSize, slope) {
  const costs = [];
  const outputs = [];
  for (let step = 0; step <= steps; step++) {
    const trace = forward(network, x);
    const value = cost.value(trace.activations.at(-1), y);
    if (!Number.isFinite(value)) break;
    costs.push(value);
    outputs.push(trace.activations.at(-1).map(([a]) => a));
    const gradients = backward(network, trace, y, cost, slope);
    network = descend(network, gradients, stepSize);
    if (!network.weights.flat(2).every(Number.isFinite)) break;
  }
  return { costs, outputs };
}

const STEP = Math.cbrt(Number.EPSILON); // relative to w, as in gradient_check.py

/** The slope of `f` at one number, by a central difference. */
export function numericalSlope(f, w, step = STEP) {
  const h = step * Math.max(1, Math.abs(w));
  const [up, down] = [w + h, w - h];
  return (f(up) - f(down)) / (up - down);
}
