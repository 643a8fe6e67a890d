// What the parts of the studio share: the client of the language server, the files, one way to ask. A request that fails says so to the person, never to nobody.

import type { LSPClient } from "@codemirror/lsp-client";
import type { Documents } from "./documents.js";
import { apply } from "./edits.js";
import type { CodeAction, Command, Location, WorkspaceEdit } from "./protocol.js";
import type { OneTest } from "./tests.js";
import { words } from "./words.js";

const METHOD_NOT_FOUND = -32601;

export interface Screen {
  /** Tells the person something that went wrong. */
  complain(text: string): void;
  /** Shows a place in a file. */
  go(location: Location, focus: boolean): void;
  preview(uri: string, form: string | undefined): void;
  /** Shows the tests of the shown file with new results, or one of them. */
  runTests(one?: OneTest): void;
}

export class Session {
  constructor(
    readonly client: LSPClient,
    readonly documents: Documents,
    readonly screen: Screen,
  ) {}

  /** Asks with the newest texts; null when there is no answer, which the person is told unless `quiet`. */
  async ask<Answer>(method: string, parameters: object, quiet = false): Promise<Answer | null> {
    try {
      this.client.sync();
      return await this.client.request<object, Answer | null>(method, parameters);
    } catch (error) {
      if (!quiet) {
        const unknown = (error as { code?: number }).code === METHOD_NOT_FOUND;
        const why = (error as { message?: string }).message;
        this.screen.complain(unknown ? words.unknownRequest : `${words.failedRequest}${why ? `: ${why}` : ""}`);
      }
      return null;
    }
  }

  /** Asks, and gives the answer only if no text has changed meanwhile, because its places would be wrong. */
  async askStill<Answer>(method: string, parameters: object, quiet = false): Promise<Answer | null> {
    const before = this.documents.files.map((file) => file.now.doc);
    const answer = await this.ask<Answer>(method, parameters, quiet);
    const still = before.length === this.documents.files.length && this.documents.files.every((file, place) => before[place]?.eq(file.now.doc));
    if (!still && !quiet) {
      this.screen.complain(words.changedMeanwhile);
    }
    return still ? answer : null;
  }

  edit(edit: WorkspaceEdit): boolean {
    const done = apply(this.documents, edit);
    if (!done) {
      this.screen.complain(words.failedRequest);
    }
    return done;
  }

  /** Does what an action of the server says: its edit, then its command. */
  async perform(action: CodeAction): Promise<void> {
    const offered = this.client.serverCapabilities?.codeActionProvider;
    const resolves = typeof offered === "object" && offered.resolveProvider === true;
    const whole = action.edit || !resolves ? action : await this.askStill<CodeAction>("codeAction/resolve", action);
    if (whole?.edit && !this.edit(whole.edit)) {
      return;
    }
    if (whole?.command) {
      await this.run(whole.command);
    }
  }

  /** Commands of lenses and actions: those of the screen here, all others at the server. */
  async run(command: Command): Promise<void> {
    const [first, second, third] = command.arguments ?? [];
    const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
    switch (command.command) {
      case "regime.preview":
        this.screen.preview(text(first) ?? "", text(second));
        break;
      case "regime.runTests":
        this.screen.runTests({
          ...(typeof second === "string" ? { title: second } : {}),
          ...(typeof third === "number" ? { line: third } : {}),
        });
        break;
      case "regime.showReferences": {
        const found = (third as readonly Location[] | undefined)?.[0];
        if (found) {
          this.screen.go(found, true);
        }
        break;
      }
      default:
        await this.ask("workspace/executeCommand", { command: command.command, arguments: command.arguments ?? [] });
    }
  }
}
