// Keeps drafts on the server: after a pause, on leaving a file, on Ctrl+S, and once more when the page goes away. One request at a time, again with growing pauses when the network fails.
// What is not saved yet is also kept in this tab, so that closing it by mistake loses nothing. Somebody else's change is handed to whoever can put both together; until then only that file waits.

import { isSignedOut, post } from "../scripts/post.js";
import { words } from "./words.js";

const PAUSE = 1_500;
const KEEP_PAUSE = 250;
const FIRST_RETRY = 2_000;
const LONGEST_RETRY = 60_000;
const KEPT = "regime-studio:";

export type SaveState = "unsaved" | "saving" | "saved" | "offline" | "conflict" | "refused";

/** A file as the server has it. */
export interface Stored {
  readonly text: string;
  readonly revision: number;
}

/** A file as somebody else has left it. */
export interface Newest extends Stored {
  readonly by: string;
  readonly at: string;
}

/** What this tab kept of a file: what was typed, and the stored text it was made from. */
export interface Kept extends Stored {
  readonly base: string;
}

export interface SaverEvents {
  say(state: SaveState, text: string): void;
  /** Somebody else has changed a file meanwhile. */
  theirs(path: string, base: string, newest: Newest): void;
  signedOut(): void;
  /** The server took something. */
  taken(): void;
}

export class Saver {
  private readonly stored = new Map<string, Stored>();
  private readonly changed = new Set<string>();
  private readonly waiting = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private keeping: ReturnType<typeof setTimeout> | undefined;
  private retry = FIRST_RETRY;
  private running: Promise<boolean> | null = null;

  constructor(
    private readonly address: string,
    private readonly newest: string,
    private readonly root: string,
    private readonly text: (path: string) => string,
    private readonly events: SaverEvents,
  ) {
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") {
        this.keep();
        void this.flush();
      }
    });
    window.addEventListener("online", () => this.later(0));
    window.addEventListener("beforeunload", (event) => {
      this.keep();
      if (this.unsaved) {
        void this.flush();
        event.preventDefault();
      }
    });
  }

  get unsaved(): boolean {
    return this.changed.size > 0 || this.waiting.size > 0 || this.running !== null;
  }

  /** Files with something that is not saved. */
  get paths(): ReadonlySet<string> {
    return new Set([...this.changed, ...this.waiting]);
  }

  /** Takes a file into account as the server has it; revision 0 for one that is not stored yet. A conflict about it is over. */
  known(path: string, stored: Stored): void {
    this.stored.set(path, stored);
    if (this.waiting.delete(path)) {
      this.changed.add(path);
      this.later(0);
    }
  }

  touched(path: string): void {
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keep(), KEEP_PAUSE);
    if (this.waiting.has(path)) {
      return;
    }
    this.changed.add(path);
    this.events.say("unsaved", words.unsaved);
    this.later(PAUSE);
  }

  /** Waits with a file until it is known anew: its changes cannot be joined by themselves. */
  hold(path: string): void {
    this.changed.delete(path);
    this.waiting.add(path);
    this.events.say("conflict", words.conflictShort);
  }

  /** What an earlier visit in this tab left unsaved, by path. */
  static left(root: string): Map<string, Kept> {
    const found = new Map<string, Kept>();
    try {
      for (const key of Object.keys(sessionStorage)) {
        const path = key.startsWith(KEPT + root) ? key.slice(KEPT.length + root.length) : null;
        const kept = path === null ? null : (JSON.parse(sessionStorage.getItem(key) ?? "null") as Partial<Kept> | null);
        if (path !== null && typeof kept?.text === "string" && typeof kept.base === "string" && typeof kept.revision === "number") {
          found.set(path, { text: kept.text, base: kept.base, revision: kept.revision });
        }
      }
    } catch {
      // A browser that keeps nothing, or something that is not ours: then there is nothing to take up.
    }
    return found;
  }

  /** Sends everything that has changed; whether the server has all of it now. */
  async flush(): Promise<boolean> {
    clearTimeout(this.timer);
    while (this.running) {
      await this.running;
    }
    while (this.changed.size > 0) {
      const [path = ""] = this.changed;
      this.changed.delete(path);
      this.running = this.send(path).finally(() => {
        this.running = null;
      });
      if (!(await this.running)) {
        break;
      }
    }
    if (!this.unsaved) {
      this.keep();
    }
    return !this.unsaved;
  }

  private later(pause: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), pause);
  }

  /** Keeps in this tab what the server does not have, and nothing else. */
  private keep(): void {
    clearTimeout(this.keeping);
    try {
      for (const [path, { text: base, revision }] of this.stored) {
        const key = KEPT + this.root + path;
        const text = this.text(path);
        if (text === base) {
          sessionStorage.removeItem(key);
        } else {
          sessionStorage.setItem(key, JSON.stringify({ text, base, revision }));
        }
      }
    } catch {
      // No room, or a browser that keeps nothing: the server is asked soon enough.
    }
  }

  private again(path: string, text: string): false {
    this.changed.add(path);
    this.events.say("offline", text);
    this.later(this.retry);
    this.retry = Math.min(this.retry * 2, LONGEST_RETRY);
    return false;
  }

  /** Sends one file; whether others may follow. */
  private async send(path: string): Promise<boolean> {
    const before = this.stored.get(path) ?? { text: "", revision: 0 };
    const text = this.text(path);
    if (text === before.text && before.revision > 0) {
      this.saved();
      return true;
    }
    this.events.say("saving", words.saving);
    let response: Response;
    let answer: { revision?: number; message?: string } | null;
    try {
      response = await post(this.address, JSON.stringify({ path, text, base: before.revision }));
      answer = (await response.json().catch(() => null)) as typeof answer;
    } catch {
      return this.again(path, words.saveFailed);
    }
    if (response.ok && typeof answer?.revision === "number") {
      this.stored.set(path, { text, revision: answer.revision });
      this.retry = FIRST_RETRY;
      this.saved();
      this.events.taken();
      return true;
    }
    if (isSignedOut(response)) {
      this.events.signedOut();
      return this.again(path, words.notSavedSignedOut);
    }
    if (response.status === 409) {
      return this.meet(path, before.text);
    }
    if (response.status === 413 || (response.status >= 400 && response.status < 500)) {
      // Sending the same once more is of no use: the next change is tried again.
      this.changed.add(path);
      this.events.say("refused", answer?.message ?? (response.status === 413 ? words.tooLarge : words.refused));
      return false;
    }
    return this.again(path, words.saveFailed);
  }

  private saved(): void {
    if (this.waiting.size === 0) {
      const time = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
      this.events.say("saved", words.savedAt(time));
    }
  }

  /** Somebody else was first: what they wrote is fetched, and whoever knows the text decides. */
  private async meet(path: string, base: string): Promise<boolean> {
    this.changed.add(path);
    try {
      const address = this.newest + path.split("/").map(encodeURIComponent).join("/");
      const response = await fetch(address, { headers: { accept: "application/json" }, credentials: "same-origin", redirect: "manual" });
      const newest = (await response.json()) as Partial<Newest>;
      if (!response.ok || typeof newest.text !== "string" || typeof newest.revision !== "number") {
        return this.again(path, words.saveFailed);
      }
      this.events.theirs(path, base, { text: newest.text, revision: newest.revision, by: newest.by ?? "", at: newest.at ?? "" });
      return true;
    } catch {
      return this.again(path, words.saveFailed);
    }
  }
}
