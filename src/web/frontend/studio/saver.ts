// Keeps drafts on the server: after a pause, on leaving a file, on Ctrl+S, and once more when the page goes away. One request at a time, again with growing pauses when the network fails; after a conflict nothing more is sent.

import { words } from "./words.js";

const PAUSE = 1_500;
const FIRST_RETRY = 2_000;
const LONGEST_RETRY = 60_000;
// Browsers let a page that is going away finish requests of up to 64 KB in all.
const KEEPALIVE_LIMIT = 60_000;

export type SaveState = "unsaved" | "saving" | "saved" | "offline" | "conflict" | "refused";

export class Saver {
  private readonly revisions = new Map<string, number>();
  private readonly changed = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private retry = FIRST_RETRY;
  private running: Promise<void> | null = null;
  private stopped = false;

  constructor(
    private readonly address: string,
    private readonly text: (path: string) => string,
    private readonly say: (state: SaveState, text: string) => void,
  ) {
    const leave = (): void => {
      if (document.visibilityState === "hidden") {
        void this.flush();
      }
    };
    document.addEventListener("visibilitychange", leave);
    window.addEventListener("online", () => this.later(0));
    window.addEventListener("beforeunload", (event) => {
      if (this.unsaved && !this.stopped) {
        void this.flush();
        event.preventDefault();
      }
    });
  }

  get unsaved(): boolean {
    return this.changed.size > 0 || this.running !== null;
  }

  /** Takes a file into account with the revision it was read in; 0 for a file that is not stored yet. */
  known(path: string, revision: number): void {
    this.revisions.set(path, revision);
  }

  touched(path: string): void {
    this.changed.add(path);
    if (!this.stopped) {
      this.say("unsaved", words.unsaved);
      this.later(PAUSE);
    }
  }

  /** Sends everything that has changed; done when the server has answered. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    while (this.running) {
      await this.running;
    }
    while (!this.stopped && this.changed.size > 0) {
      const [path = ""] = this.changed;
      this.changed.delete(path);
      this.running = this.send(path).finally(() => {
        this.running = null;
      });
      const before = this.changed.has(path);
      await this.running;
      if (!before && this.changed.has(path)) {
        break;
      }
    }
    return this.changed.size === 0;
  }

  private later(pause: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), pause);
  }

  private again(path: string, text: string): void {
    this.changed.add(path);
    this.say("offline", text);
    this.later(this.retry);
    this.retry = Math.min(this.retry * 2, LONGEST_RETRY);
  }

  private stop(path: string, state: SaveState, text: string): void {
    this.changed.add(path);
    this.stopped = true;
    this.say(state, text);
  }

  private async send(path: string): Promise<void> {
    const body = JSON.stringify({ path, text: this.text(path), base: this.revisions.get(path) ?? 0 });
    this.say("saving", words.saving);
    let response: Response;
    try {
      response = await fetch(this.address, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json" },
        body,
        credentials: "same-origin",
        redirect: "manual",
        keepalive: new Blob([body]).size < KEEPALIVE_LIMIT,
      });
    } catch {
      this.again(path, words.saveFailed);
      return;
    }
    const answer = (await response.json().catch(() => null)) as { revision?: number; message?: string } | null;
    if (response.ok && typeof answer?.revision === "number") {
      this.revisions.set(path, answer.revision);
      this.retry = FIRST_RETRY;
      const time = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
      this.say("saved", words.savedAt(time));
    } else if (response.status === 409) {
      this.stop(path, "conflict", answer?.message ?? words.conflict);
    } else if (response.status === 401 || response.type === "opaqueredirect") {
      this.again(path, words.signedOut);
    } else if (response.status >= 400 && response.status < 500) {
      this.stop(path, "refused", answer?.message ?? words.saveFailed);
    } else {
      this.again(path, words.saveFailed);
    }
  }
}
