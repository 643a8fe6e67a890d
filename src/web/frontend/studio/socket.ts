// The line to the language server: one WebSocket, each message one JSON text without headers. A broken line is opened again with growing pauses; whoever listens then introduces itself anew and opens its documents.
// It knows the shape of JSON-RPC only as far as telling requests of the server from the rest, because the client library answers none of them.

import type { Transport } from "@codemirror/lsp-client";

const FIRST_RETRY = 500;
const LONGEST_RETRY = 20_000;
/** The server closes with this code when the session has ended: trying again is of no use. */
const SIGNED_OUT = 4401;

export interface LineEvents {
  opened(line: Transport): void;
  closed(forGood: boolean): void;
  /** A request of the server; what is returned is its answer. */
  asked(method: string, parameters: unknown): unknown;
}

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
}

export class Line implements Transport {
  private socket: WebSocket | undefined;
  private readonly handlers = new Set<(message: string) => void>();
  private retry = FIRST_RETRY;
  private left = false;
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly address: string,
    private readonly events: LineEvents,
  ) {
    window.addEventListener("pagehide", () => {
      this.left = true;
      this.socket?.close();
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) {
        this.left = false;
        this.open();
      }
    });
    window.addEventListener("online", () => this.wake());
    window.addEventListener("focus", () => this.wake());
    this.open();
  }

  /** Tries again at once: the person has come back, perhaps signed in again elsewhere. */
  wake(): void {
    if (this.socket === undefined && !this.left) {
      clearTimeout(this.waiting);
      this.open();
    }
  }

  send(message: string): void {
    if (this.socket?.readyState !== WebSocket.OPEN) {
      throw new Error("the line is closed");
    }
    this.socket.send(message);
  }

  subscribe(handler: (message: string) => void): void {
    this.handlers.add(handler);
  }

  unsubscribe(handler: (message: string) => void): void {
    this.handlers.delete(handler);
  }

  private open(): void {
    const url = new URL(this.address, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url);
    this.socket = socket;
    socket.addEventListener("open", () => {
      this.retry = FIRST_RETRY;
      this.events.opened(this);
    });
    socket.addEventListener("message", (event) => {
      if (typeof event.data === "string" && this.socket === socket) {
        this.receive(event.data);
      }
    });
    socket.addEventListener("close", (event) => {
      if (this.socket !== socket) {
        return;
      }
      this.socket = undefined;
      const forGood = this.left || event.code === SIGNED_OUT;
      this.events.closed(forGood);
      if (!forGood) {
        this.waiting = setTimeout(() => this.open(), this.retry * (0.75 + Math.random() / 2));
        this.retry = Math.min(this.retry * 2, LONGEST_RETRY);
      }
    });
  }

  private receive(text: string): void {
    const message = JSON.parse(text) as Message;
    if (message.id !== undefined && message.method !== undefined) {
      void Promise.resolve(this.events.asked(message.method, message.params)).then((result) => {
        if (this.socket?.readyState === WebSocket.OPEN) {
          this.socket.send(JSON.stringify({ jsonrpc: "2.0", id: message.id, result: result ?? null }));
        }
      });
      return;
    }
    for (const handler of this.handlers) {
      handler(text);
    }
  }
}
