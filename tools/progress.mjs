/**
 * One line of progress. It goes to stderr, so that a tool's stdout carries only its result.
 *
 * @param {string} subject what is worked on: `worker`, `build`
 * @param {string} text
 */
export function report(subject, text) {
  process.stderr.write(`${subject}: ${text}\n`);
}

/**
 * @param {number} since milliseconds of `performance.now()`
 * @returns {string} `0.8 s` or `2 min 19 s`
 */
export function elapsed(since, now = performance.now()) {
  const seconds = (now - since) / 1000;

  if (seconds < 60) {
    return `${seconds.toFixed(1)} s`;
  }

  const whole = Math.round(seconds);

  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/**
 * Turns Ninja's `[37/260] …` into one line per `step` percent, which reads well on a terminal and in a log.
 *
 * @param {(percent: number) => void} onStep
 * @returns {(line: string) => void} takes Ninja's lines
 */
export function ninjaProgress(onStep, step = 5) {
  let reached = 0;

  return (line) => {
    const counts = /^\[(?<done>\d+)\/(?<total>\d+)\]/.exec(line)?.groups;

    if (counts === undefined) {
      return;
    }

    const percent = Math.floor((Number(counts.done) / Number(counts.total)) * (100 / step)) * step;

    if (percent > reached) {
      reached = percent;
      onStep(percent);
    }
  };
}
