/** The gamma function and what follows from it. */

/** log Γ(x) for x > 0, relative error about 1e-15 (Lanczos, g = 607/128, coefficients of P. Godfrey 2001). */
export function logGamma(x: number): number {
  let sum = lanczos[0]!;
  for (let i = 1; i < lanczos.length; i++) sum += lanczos[i]! / (x + i - 1);
  const t = x - 0.5 + lanczosG;
  return (x - 0.5) * Math.log(t) - t + Math.log(Math.sqrt(2 * Math.PI) * sum);
}

const lanczosG = 607 / 128;
const lanczos = [
  0.9999999999999971, 57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202,
  3.399464998481189e-5, 4.652362892704858e-5, -9.837447530487956e-5, 0.0001580887032249125, -0.00021026444172410488,
  0.00021743961811521265, -0.0001643181065367639, 8.441822398385275e-5, -2.6190838401581408e-5, 3.6899182659531625e-6,
];

/** P(X <= x) of a gamma distribution; series below the mean, continued fraction above (about 1e-14). */
export function gammaCdf(x: number, shape: number, scale: number): number {
  const z = x / scale;
  if (!(z > 0)) return 0;
  const front = Math.exp(shape * Math.log(z) - z - logGamma(shape));
  if (z < shape + 1) {
    let term = 1 / shape;
    let sum = term;
    for (let n = 1; n < 10_000 && term > sum * 1e-17; n++) {
      term *= z / (shape + n);
      sum += term;
    }
    return Math.min(1, front * sum);
  }
  // modified Lentz
  const tiny = 1e-300;
  let b = z + 1 - shape;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < 10_000; n++) {
    const a = -n * (n - shape);
    b += 2;
    d = a * d + b;
    if (Math.abs(d) < tiny) d = tiny;
    c = b + a / c;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    const step = d * c;
    fraction *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return Math.max(0, 1 - front * fraction);
}

/** The x with P(X <= x) = probability, by bisection to the last bits. */
export function gammaQuantile(probability: number, shape: number, scale: number): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError(`probability must lie in (0, 1), got ${probability}`);
  let low = 0;
  let high = shape + 10;
  while (gammaCdf(high, shape, 1) < probability) high *= 2;
  for (let step = 0; step < 200 && high - low > 1e-15 * high; step++) {
    const middle = 0.5 * (low + high);
    if (gammaCdf(middle, shape, 1) < probability) low = middle;
    else high = middle;
  }
  return 0.5 * (low + high) * scale;
}

const factorials = (() => {
  const table = new Float64Array(4096);
  for (let n = 2; n < table.length; n++) table[n] = table[n - 1]! + Math.log(n);
  return table;
})();

/** log n! by Stirling's series, relative error under 1e-9 from n = 10 on. */
export function logFactorialByStirling(n: number): number {
  const x = n + 1;
  return (x - 0.5) * Math.log(x) - x + 0.9189385332046727 + (1 / 12 - 1 / (360 * x * x)) / x;
}

/** log n! of a whole n >= 0: from a table below 4,096, beyond it by Stirling's series. Several times as fast as `logGamma(n + 1)`. */
export function logFactorial(n: number): number {
  return n < factorials.length ? factorials[n]! : logFactorialByStirling(n);
}
