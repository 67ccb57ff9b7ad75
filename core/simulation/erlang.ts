/**
 * Closed forms for a queue with random arrivals (Poisson) and handling times that are exponential: what the simulator
 * is checked against, and a first answer to "how many agents?". Loads are in erlangs: arrivals per unit of time, times
 * the mean handling time. Everything is computed by ratios or in logarithms, so that hundreds of agents do no harm.
 */

/**
 * Erlang B, the share of arrivals that finds all `agents` busy where nobody waits. By the recursion over the number of
 * agents, B(n) = a B(n-1) / (n + a B(n-1)) (A. K. Erlang 1917; R. B. Cooper, Introduction to Queueing Theory, 3.3).
 */
export function erlangB(agents: number, load: number): number {
  let blocked = 1;
  for (let n = 1; n <= agents; n++) blocked = (load * blocked) / (n + load * blocked);
  return blocked;
}

export interface Waiting {
  /** Share of arrivals that must wait at all. */
  readonly waits: number;
  /** Mean wait of all arrivals, in the unit of the handling time. */
  readonly meanWait: number;
  /** Share of arrivals that is answered within `within`. */
  serviceLevel(within: number): number;
}

/**
 * Erlang C (M/M/n, nobody gives up): C = B / (1 - (a/n)(1 - B)), mean wait C s / (n - a), and the wait of those who
 * wait is exponential with rate (n - a) / s (Cooper 3.4). Where the load reaches the agents the line grows for ever:
 * everybody waits, infinitely long.
 */
export function erlangC(agents: number, load: number, meanHandling: number): Waiting {
  if (load >= agents) return { waits: 1, meanWait: Infinity, serviceLevel: () => 0 };
  const blocked = erlangB(agents, load);
  const waits = blocked / (1 - (load / agents) * (1 - blocked));
  const rate = (agents - load) / meanHandling;
  return {
    waits,
    meanWait: waits / rate,
    serviceLevel: (within) => 1 - waits * Math.exp(-rate * within),
  };
}

export interface WaitingOrLeaving extends Waiting {
  /** Share of arrivals that gives up before an answer. */
  readonly abandons: number;
}

/**
 * Erlang A (M/M/n+M: whoever waits gives up after an exponential time with the mean `meanPatience`, which must be
 * finite; C. Palm 1946; Garnett, Mandelbaum, Reiman, Designing a Call Center with Impatient Customers, 2002). With l
 * arrivals, and all agents busy, j in line leave at the rate r(j) = n/s + j/p, so state n+j weighs l^j / (r(1)...r(j))
 * of state n, and the states up to n together weigh 1/B. The mean wait is that of all arrivals, answered or not.
 *
 * Who finds j in line is answered within t with the probability r(0)/r(j+1) (1 - I(e^(-t/p); n p/s + 1, j + 1)), I the
 * regularised incomplete beta function: his turn comes after j+1 exponential times with the rates r(0)...r(j); weighing
 * that by his patience raises each rate by 1/p, and e^(-t/p) of times with the rates r(1)...r(j+1) is beta distributed.
 */
export function erlangA(
  agents: number,
  load: number,
  meanHandling: number,
  meanPatience: number,
): WaitingOrLeaving {
  const arrivals = load / meanHandling;
  const leaving = (inLine: number): number => agents / meanHandling + inLine / meanPatience;
  const notFull = Math.log(1 / erlangB(agents, load) - 1);
  const weights = logWeights(arrivals, leaving);
  const largest = weights.reduce((most, weight) => Math.max(most, weight), notFull);
  const inLine = weights.map((weight) => Math.exp(weight - largest));
  const free = Math.exp(notFull - largest);
  const all = inLine.reduce((sum, weight) => sum + weight, free);
  const meanInLine = inLine.reduce((sum, weight, j) => sum + weight * j, 0) / all;
  return {
    waits: 1 - free / all,
    meanWait: meanInLine / arrivals,
    abandons: meanInLine / meanPatience / arrivals,
    serviceLevel(within) {
      const shape = (agents * meanPatience) / meanHandling + 1;
      const late = incompleteBeta(Math.exp(-within / meanPatience), shape, inLine.length);
      const answered = inLine.reduce(
        (sum, weight, j) => sum + weight * (leaving(0) / leaving(j + 1)) * (1 - (late[j] ?? 1)),
        free,
      );
      return answered / all;
    },
  };
}

/** What is this much (as a logarithm) below the largest weight adds nothing to a double. */
const NOTHING = -45;

/** Logarithms of the weights of n+j in the system, j = 0, 1, ..., until nothing is added. */
function logWeights(arrivals: number, leaving: (inLine: number) => number): number[] {
  const weights = [0];
  let [weight, largest] = [0, 0];
  for (let j = 1; weight - largest > NOTHING || arrivals > leaving(j); j++) {
    weight += Math.log(arrivals / leaving(j));
    largest = Math.max(largest, weight);
    weights.push(weight);
  }
  return weights;
}

/** I(x; a, m) for m = 1 to `count`: sums of the negative binomial terms x^a (1-x)^k (a+k-1 over k), k < m. */
function incompleteBeta(x: number, a: number, count: number): number[] {
  const sums: number[] = [];
  let term = a * Math.log(x);
  let sum = 0;
  for (let k = 0; k < count; k++) {
    if (k > 0) term += Math.log(((a + k - 1) / k) * (1 - x));
    sum += Math.exp(term);
    sums.push(Math.min(1, sum));
  }
  return sums;
}
