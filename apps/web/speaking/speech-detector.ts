/** A microphone in a quiet room stays below it, also where the browser turns it up. As a fraction of full scale. */
const LOUD = 0.012;

/** Of so many of the last levels so many are loud when somebody speaks; a cough or a door is over before. */
const LEVELS = 10;
const LOUD_LEVELS = 5;

/** Whoever pauses for breath still speaks. */
const QUIET_LEVELS = 30;

/** How often it wants to hear the level. */
export const LEVEL_EVERY_MS = 100;

/** Tells speech from noise that is soon over, by how loud it is. */
export class SpeechDetector {
  #levels: readonly number[] = [];
  #quiet = 0;
  #isSpeaking = false;

  /** Takes the next level (root mean square, 0 to 1), and says whether somebody speaks. */
  hear(level: number): boolean {
    this.#levels = [...this.#levels, level].slice(-LEVELS);
    this.#quiet = level >= LOUD ? 0 : this.#quiet + 1;
    const loud = this.#levels.filter((one) => one >= LOUD).length;
    if (loud >= LOUD_LEVELS) this.#isSpeaking = true;
    else if (this.#quiet >= QUIET_LEVELS) this.#isSpeaking = false;
    return this.#isSpeaking;
  }
}
