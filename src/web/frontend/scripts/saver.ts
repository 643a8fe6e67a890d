// Sends changed cells: after a pause or on leaving a cell, one request at a time, again with growing pauses when the network fails, and a last one when the page goes away.

import type { SavedAnswer } from "./answer.js";
import { isSignedOut, post } from "./post.js";
import type { Sheet } from "./sheet.js";
import { words } from "./words.js";

const PAUSE = 600;
const FIRST_RETRY = 2_000;
const LONGEST_RETRY = 60_000;

export class Saver {
  private readonly address: string;
  private base: number;
  private timer = 0;
  private retry = FIRST_RETRY;
  private running: Promise<void> | null = null;
  /** Set after a conflict: nothing more is sent until the page is loaded again. */
  private stopped = false;

  constructor(
    private readonly sheet: Sheet,
    private readonly state: HTMLElement | null,
    private readonly live: HTMLElement | null,
    private readonly show: (answer: SavedAnswer) => void,
  ) {
    this.address = sheet.form.dataset["api"] ?? "";
    this.base = Number(sheet.form.dataset["base"] ?? "0");
  }

  /** Says the state of saving; problems are announced, the coming and going of a save is not. */
  private say(state: "unsaved" | "saving" | "saved" | "offline" | "conflict" | "refused", text: string): void {
    if (this.state) {
      this.state.dataset["state"] = state;
      this.state.textContent = text;
    }
  }

  announce(text: string): void {
    if (this.live && this.live.textContent !== text) {
      this.live.textContent = text;
    }
  }

  /** Saves after a pause in typing, or at once when a cell is left. */
  later(pause = PAUSE): void {
    if (this.stopped) {
      return;
    }
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.flush(), pause);
  }

  /** Sends what has changed, after the request under way; done when the server has answered. */
  async flush(): Promise<void> {
    window.clearTimeout(this.timer);
    while (this.running) {
      await this.running;
    }
    const changed = this.sheet.changed();
    if (this.stopped || !this.sheet.hasNews()) {
      return;
    }
    this.running = this.send(changed).finally(() => {
      this.running = null;
    });
    await this.running;
    if (!this.stopped && this.state?.dataset["state"] === "saved" && this.sheet.hasNews()) {
      this.later(0);
    }
  }

  /** The last chance when the page is hidden or left. Nobody waits for the answer. */
  leave(): void {
    if (this.stopped || !this.sheet.hasNews()) {
      return;
    }
    // A request under way may end after the page; what was typed since goes in one of its own.
    void (this.running ? this.send(this.sheet.changed()) : this.flush());
  }

  /** Waits until no request is under way, so that a plain form post does not cross one. */
  async settle(): Promise<void> {
    window.clearTimeout(this.timer);
    this.stopped = true;
    await this.running;
  }

  get busy(): boolean {
    return this.running !== null;
  }

  private async send(changed: Map<string, string>): Promise<void> {
    const body = JSON.stringify({ base: this.base, form: this.sheet.form.dataset["form"], ...this.sheet.request(changed) });
    this.say("saving", words.saving);
    let response: Response;
    try {
      response = await post(this.address, body);
    } catch {
      this.again();
      return;
    }
    if (response.ok) {
      let answer: SavedAnswer;
      try {
        answer = (await response.json()) as SavedAnswer;
      } catch {
        this.again();
        return;
      }
      this.taken(changed, answer);
    } else if (response.status === 409) {
      this.stopped = true;
      this.say("conflict", words.conflict);
      this.announce(words.conflict);
    } else if (isSignedOut(response)) {
      this.say("refused", words.signedOut);
      this.announce(words.signedOut);
      this.scheduleRetry();
    } else if (response.status === 429 || response.status >= 500) {
      this.again();
    } else {
      const message = await messageOf(response);
      this.say("refused", message);
      this.announce(message);
    }
  }

  private taken(changed: Map<string, string>, answer: SavedAnswer): void {
    this.retry = FIRST_RETRY;
    this.base = answer.draft;
    this.sheet.form.dataset["base"] = String(answer.draft);
    const hidden = this.sheet.form.elements.namedItem("base");
    if (hidden instanceof HTMLInputElement) {
      hidden.value = String(answer.draft);
    }
    this.sheet.take(changed, answer.cells);
    this.show(answer);
    this.say("saved", words.savedAt(answer.saved_at.split(" ").pop() ?? ""));
  }

  private again(): void {
    this.say("offline", words.offline);
    this.announce(words.offline);
    this.scheduleRetry();
  }

  private scheduleRetry(): void {
    this.later(this.retry);
    this.retry = Math.min(this.retry * 2, LONGEST_RETRY);
  }
}

async function messageOf(response: Response): Promise<string> {
  try {
    const answer = (await response.json()) as { message?: string };
    return answer.message ?? words.refused;
  } catch {
    return words.refused;
  }
}
