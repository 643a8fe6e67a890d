// The browser studio: files and outline at the left, text in the middle, live preview and reading at the right, problems, tests and plan below.
// It holds no rule of the language: everything it shows comes from the language server over the socket, and everything it keeps goes to the server as a draft.
//
// What it expects of the page (all of it also works without this script: the page's own form posts the text and shows the problems):
//
//   <div data-studio
//        data-socket="/soan/7/may-chu"       the WebSocket of the language server, bare JSON messages; close code 4401 = signed out
//        data-root="memory:///soan/7/"       what stands before the path of a file in its address, with a slash at the end
//        data-open="bao_cao.regime"          the file to begin with
//        data-save="/soan/7/luu"             POST {"path","text","base"} -> 200 {"revision"} | 409 {"message"} | 4xx {"message"} | 401
//        data-publish="/soan/7/cong-bo"      the page that publishes, asked for with ?tep=<path>; left out when the person may not
//        data-pages="/soan/7/tep/"           what stands before the path of a file in the address of its page   } each left out
//        data-history="/soan/7/lich-su/"     what stands before the path of a file in the address of its history } when there is
//        data-list="/soan/7"                 the page of all files                                              } no such page
//        data-help="/tro-giup/ma-loi/"       what stands before the code of a problem in the address of its page; left out when there is none
//        data-newest="/soan/7/tep/"          GET, with the path of a file behind it -> {"text","revision","by","at"}
//        data-sign-in="/dang-nhap"           the page to sign in again
//        data-readonly>                      present when the person may only read
//     <form>…</form>                         the form for browsers without script; it is hidden
//     <script type="application/json" data-studio-files>[{"path","text","revision"}]</script>
//   </div>
//
import { LSPClient, LSPPlugin } from "@codemirror/lsp-client";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { actions } from "./actions.js";
import { askAgain } from "./asked.js";
import { Documents } from "./documents.js";
import { type EditorParts, editorIn, stateOf } from "./editor.js";
import { button, element } from "./element.js";
import { highlights, hints, lenses, meanings } from "./marks.js";
import { outline } from "./outline.js";
import { offsets, place } from "./places.js";
import { difference, merged } from "./merge.js";
import { borders } from "./panes.js";
import { harmless } from "./preview.js";
import { Problems } from "./problems.js";
import type { Location, ReadingSection, TextEdit, WorkspaceEdit } from "./protocol.js";
import { Sample } from "./sample.js";
import { type Newest, Saver } from "./saver.js";
import { Session } from "./session.js";
import { Line } from "./socket.js";
import { Tabs } from "./tabs.js";
import { type OneTest, Tests } from "./tests.js";
import { Tree } from "./tree.js";
import { words } from "./words.js";

/** The largest draft the server takes, in bytes. */
const MOST_BYTES = 400_000;

interface StoredFile {
  readonly path: string;
  readonly text: string;
  readonly revision: number;
}

/** Everything below the data attributes of the page. */
class Studio {
  private readonly session: Session;
  private readonly documents: Documents;
  private readonly client: LSPClient;
  private readonly view: EditorView;
  private readonly saver: Saver;
  private readonly problems: Problems;
  private readonly sample: Sample;
  private readonly tests: Tests;
  private readonly tree: Tree;
  private readonly lower: Tabs;
  private readonly conflicts = new Map<string, Newest>();
  private readonly socket: Line;
  private readonly parts: EditorParts;
  private readonly reading = element("div", { class: "studio-reading" });
  private readonly plan = element("div", {});
  private readonly trouble = element("p", { class: "notice notice-error", role: "alert", hidden: true });
  private readonly news = element("p", { class: "notice notice-info", role: "status", hidden: true });
  private readonly clash = element("div", { class: "notice notice-warning", role: "alert", hidden: true });
  private readonly ended = element("div", { class: "notice notice-warning", role: "alert", hidden: true });
  private oneTest: OneTest | undefined;
  private readonly line = element("span", { class: "studio-line", role: "status" }, words.connecting);
  private readonly saved = element("span", { class: "save-state", role: "status", "data-save-state": true });
  private readonly title = element("h1", { class: "studio-title" });
  private readonly past = element("a", { href: "#", hidden: true }, words.history);
  private path = "";
  private caret: ReturnType<typeof setTimeout> | undefined;
  private quiet: ReturnType<typeof setTimeout> | undefined;
  private readonly right: Tabs;

  constructor(
    private readonly page: HTMLElement,
    files: readonly StoredFile[],
  ) {
    const data = page.dataset;
    const readOnly = data["readonly"] !== undefined;
    const files_ = element("div", { class: "studio-tree" });
    const outlined = element("nav", { class: "studio-outline", "aria-label": words.outline });
    const middle = element("div", { class: "studio-text" });
    const right = element("section", { class: "studio-right", id: "pane-right", "aria-label": words.preview });
    const below = element("section", { class: "studio-below", id: "pane-below", "aria-label": words.problems(0) });
    const count = element("span", { class: "studio-count", role: "status" });
    const preview = element("div", { class: "studio-preview" });
    const listed = element("div", {});
    const tested = element("div", {});

    this.saver = new Saver(data["save"] ?? "", data["newest"] ?? "", data["root"] ?? "", (path) => this.documents.text(path), {
      say: (state, text) => {
        this.saved.dataset["state"] = state;
        this.saved.textContent = text;
        this.tree.mark(this.saver.paths);
      },
      theirs: (path, base, newest) => this.meet(path, base, newest),
      signedOut: () => this.signedOut(true),
      taken: () => {
        if (!this.ended.hidden) {
          this.signedOut(false);
          this.socket.wake();
        }
      },
    });
    this.problems = new Problems(listed, (errors, warnings, all) => {
      count.textContent = words.counts(errors, warnings);
      count.removeAttribute("data-severity");
      if (errors + warnings > 0) {
        count.dataset["severity"] = errors > 0 ? "error" : "warning";
      }
      this.lower.title("problems", words.problems(all));
      this.later();
    });
    let documents: Documents | undefined;
    this.client = new LSPClient({
      rootUri: data["root"] ?? "",
      timeout: 15_000,
      initializationOptions: { language: document.body.dataset["language"] === "en" ? "en" : "vi", ...(data["help"] === undefined ? {} : { help: new URL(data["help"], location.href).href }) },
      sanitizeHTML: (html) => element("div", {}, harmless(html)).innerHTML,
      extensions: [this.problems.receiver],
      workspace: (client) => {
        documents = new Documents(client, data["root"] ?? "", {
          changed: (path) => this.touched(path),
          show: (path) => this.show(path),
        });
        return documents;
      },
    });
    this.documents = documents ?? new Documents(this.client, "", { changed: () => undefined, show: () => null });
    this.session = new Session(this.client, this.documents, {
      complain: (text) => this.complain(text),
      go: (location, focus) => this.go(location, focus),
      preview: (uri, form) => {
        this.right.show("preview");
        this.sample.turnTo(uri === "" ? this.documents.uri(this.path) : uri, form);
      },
      runTests: (one) => {
        this.oneTest = one;
        this.lower.show("tests");
      },
    });
    this.sample = new Sample(preview);
    this.tests = new Tests(tested);
    this.problems.attach(this.session);
    this.sample.attach(this.session);
    this.tests.attach(this.session);
    this.tree = new Tree(files_, { open: (path) => void this.show(path), bring: (path, text) => this.bring(path, text) }, readOnly);

    const publish = data["publish"];
    const head = element(
      "header",
      { class: "studio-head" },
      this.title,
      count,
      this.line,
      this.saved,
      element(
        "div",
        { class: "studio-buttons" },
        data["list"] !== undefined && element("a", { href: data["list"] }, words.allFiles),
        this.past,
        readOnly ? element("span", { class: "tag" }, words.readOnly) : button(words.format, () => void this.format(), { class: "button button-small button-secondary" }),
        publish !== undefined &&
          button(
            words.publish,
            () => {
              void this.saver.flush().then((all) => {
                if (all) {
                  location.assign(`${publish}?tep=${encodeURIComponent(this.path)}`);
                }
              });
            },
            { class: "button button-small" },
          ),
      ),
    );
    const notices = element("div", { class: "studio-notices" }, this.ended, this.clash, this.trouble, this.news);
    const panes = element("div", { class: "studio-panes" }, element("div", { class: "studio-left", id: "pane-left" }, files_, element("div", { class: "studio-contents" }, element("h2", {}, words.outline), outlined)), middle, right, below);
    page.replaceChildren(head, notices, panes);
    page.classList.add("studio");
    borders(panes);
    this.fit();
    this.right = new Tabs(right, words.preview, [
      { name: "preview", title: words.preview, panel: preview },
      { name: "reading", title: words.reading, panel: this.reading, shown: () => void this.read() },
    ]);
    this.lower = new Tabs(below, words.problems(0), [
      { name: "problems", title: words.problems(0), panel: listed },
      {
        name: "tests",
        title: words.tests,
        panel: tested,
        shown: () => {
          void this.tests.run(this.oneTest);
          this.oneTest = undefined;
        },
      },
      { name: "plan", title: words.plan, panel: this.plan, shown: () => void this.planned() },
    ]);

    this.parts = {
      client: this.client,
      readOnly,
      save: () => void this.saver.flush(),
      more: [
        actions(() => this.session, this.problems),
        highlights,
        hints,
        lenses((command) => void this.session.run(command)),
        meanings,
        outline(outlined),
        EditorState.transactionFilter.of((transaction) => {
          if (!transaction.docChanged || transaction.newDoc.length * 3 <= MOST_BYTES || transaction.newDoc.length < transaction.startState.doc.length) {
            return transaction;
          }
          if (new TextEncoder().encode(transaction.newDoc.toString()).length <= MOST_BYTES) {
            return transaction;
          }
          // Told after the change was refused: the editor must not be changed while it changes.
          queueMicrotask(() => this.complain(words.tooLarge));
          return [];
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) {
            this.touched(this.path);
            clearTimeout(this.quiet);
            this.quiet = setTimeout(() => this.client.sync(), 60);
            this.later();
          }
          if (update.selectionSet && !update.docChanged) {
            this.follow();
          }
        }),
      ],
    };
    for (const file of files) {
      this.saver.known(file.path, file);
      this.documents.add(file.path, stateOf(file.text, this.documents.uri(file.path), this.parts));
    }
    const left = readOnly ? new Map<string, never>() : Saver.left(data["root"] ?? "");
    for (const path of left.keys()) {
      if (!this.documents.file(path)) {
        this.saver.known(path, { text: "", revision: 0 });
        this.documents.add(path, stateOf("", this.documents.uri(path), this.parts));
      }
    }
    const first = this.documents.file(data["open"] ?? "") ?? this.documents.files[0];
    this.path = first?.path ?? "";
    this.view = editorIn(middle, first?.state ?? stateOf("", this.documents.uri("moi.regime"), { ...this.parts, readOnly: true }));
    this.turned();
    for (const [path, kept] of left) {
      const now = files.find((file) => file.path === path) ?? { text: "", revision: 0 };
      if (kept.text !== now.text) {
        this.restore(path, kept.text);
        this.tell(words.restored);
        if (kept.revision !== now.revision) {
          this.meet(path, kept.base, { ...now, by: words.somebody, at: "" });
        }
      }
    }

    this.socket = new Line(data["socket"] ?? "", {
      opened: (line) => {
        this.client.connect(line);
        this.client.initializing.then(
          () => {
            this.line.textContent = words.connected;
            this.line.dataset["state"] = "on";
            this.signedOut(false);
            this.view.dispatch({ effects: askAgain.of(null) });
            this.turned();
          },
          () => undefined,
        );
      },
      closed: (forGood) => {
        this.client.disconnect();
        this.line.textContent = forGood ? words.signedOut : words.disconnected;
        this.line.dataset["state"] = "off";
        if (forGood) {
          this.signedOut(true);
        }
      },
      asked: (method, parameters) => {
        if (method === "workspace/applyEdit") {
          return { applied: this.session.edit((parameters as { edit: WorkspaceEdit }).edit) };
        }
        if (method.endsWith("/refresh")) {
          this.view.dispatch({ effects: askAgain.of(null) });
          this.later();
        }
        if (method === "window/showDocument") {
          const { uri, selection } = parameters as { uri: string; selection?: Location["range"] };
          this.go({ uri, range: selection ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } }, true);
          return { success: true };
        }
        return null;
      },
    });
  }

  private complain(text: string): void {
    this.trouble.hidden = false;
    this.trouble.textContent = text;
    setTimeout(() => {
      this.trouble.hidden = true;
    }, 8_000);
  }

  private tell(text: string): void {
    this.news.hidden = false;
    this.news.textContent = text;
    setTimeout(() => {
      this.news.hidden = true;
    }, 8_000);
  }

  /** The studio is as high as the window leaves it, whatever stands over it. */
  private fit(): void {
    const measure = (): void => this.page.style.setProperty("--studio-top", `${Math.round(this.page.getBoundingClientRect().top + window.scrollY)}px`);
    measure();
    window.addEventListener("resize", measure);
  }

  /** Says that the session has ended, or that it goes on. */
  private signedOut(isOut: boolean): void {
    if (this.ended.hidden !== isOut) {
      return;
    }
    this.ended.hidden = !isOut;
    const { signIn } = this.page.dataset;
    this.ended.replaceChildren(element("p", {}, words.signedOutWhy, " ", signIn !== undefined && element("a", { href: signIn, target: "_blank" }, words.signIn)));
    if (!isOut) {
      void this.saver.flush();
    }
  }

  /** Puts a text in the place of a file's, as one step that can be undone. */
  private restore(path: string, text: string): void {
    const file = this.documents.file(path);
    if (file) {
      this.documents.updateFile(file.uri, { changes: difference(file.now.doc.toString(), text), userEvent: "input.edit" });
    }
  }

  /** Somebody else has changed a file: what does not touch is put together, for the rest the person decides. */
  private meet(path: string, base: string, newest: Newest): void {
    const joined = merged(base, this.documents.text(path), newest.text);
    if (joined === null) {
      this.conflicts.set(path, newest);
      this.saver.hold(path);
      this.askAboutClash();
      return;
    }
    this.restore(path, joined);
    this.saver.known(path, newest);
    this.saver.touched(path);
    this.tell(words.joined(path, newest.by));
  }

  private askAboutClash(): void {
    const [clash] = this.conflicts;
    this.clash.hidden = clash === undefined;
    if (!clash) {
      this.clash.replaceChildren();
      return;
    }
    const [path, newest] = clash;
    const { history: past } = this.page.dataset;
    const decide = (text: string | null): void => {
      this.conflicts.delete(path);
      this.show(path);
      if (text !== null) {
        this.restore(path, text);
      }
      this.saver.known(path, newest);
      this.view.focus();
      this.askAboutClash();
    };
    this.clash.replaceChildren(
      element("p", {}, words.conflict(path, newest.by, newest.at)),
      element(
        "p",
        { class: "studio-decide" },
        button(words.keepMine, () => decide(null), { class: "button button-small" }),
        button(words.takeTheirs, () => decide(newest.text), { class: "button button-small button-secondary" }),
        past !== undefined && element("a", { href: `${past}${path.split("/").map(encodeURIComponent).join("/")}`, target: "_blank" }, words.seeTheirs),
      ),
    );
  }

  private touched(path: string): void {
    this.saver.touched(path);
    this.tree.mark(this.saver.paths);
  }

  /** What follows the text at a distance: preview and reading. */
  private later(): void {
    this.sample.later();
    if (this.right.shows("reading")) {
      void this.read();
    }
  }

  private turned(): void {
    const uri = this.documents.uri(this.path);
    this.title.textContent = this.path;
    const { pages, history: past } = this.page.dataset;
    const path = this.path.split("/").map(encodeURIComponent).join("/");
    this.past.hidden = past === undefined;
    this.past.href = `${past ?? ""}${path}`;
    if (pages !== undefined) {
      history.replaceState(null, "", `${pages}${path}`);
    }
    this.tree.show(
      this.documents.files.map((file) => file.path),
      this.path,
    );
    this.problems.show(this.view);
    this.tests.turnTo(uri);
    this.sample.turnTo(uri);
    if (this.lower.shows("tests")) {
      void this.tests.run();
    }
    if (this.lower.shows("plan")) {
      void this.planned();
    }
    if (this.right.shows("reading")) {
      void this.read();
    }
  }

  /** Shows a file of the project in the editor. */
  private show(path: string): EditorView | null {
    const file = this.documents.file(path);
    if (!file) {
      return null;
    }
    if (path !== this.path) {
      // What was typed is told before the file goes out of sight: unseen files have no typing of their own.
      this.client.sync();
      const left = this.documents.file(this.path);
      if (left) {
        left.state = this.view.state;
      }
      this.path = path;
      this.view.setState(file.state);
      this.turned();
    }
    return this.view;
  }

  /** Begins a file, or takes a text of the computer into one. */
  private bring(path: string, text: string): void {
    if (!this.documents.file(path)) {
      this.saver.known(path, { text: "", revision: 0 });
      this.documents.add(path, stateOf("", this.documents.uri(path), this.parts));
    }
    this.show(path);
    if (text !== "") {
      this.restore(path, text);
    }
    this.touched(path);
    this.view.focus();
  }

  private go({ uri, range }: Location, focus: boolean): void {
    const path = this.documents.path(uri);
    const view = path === null ? null : this.show(path);
    if (!view) {
      return;
    }
    const { from } = offsets(view.state.doc, range);
    view.dispatch({ ...(focus ? { selection: { anchor: from } } : {}), effects: EditorView.scrollIntoView(from, { y: "center" }) });
    if (focus) {
      view.focus();
    }
  }

  private follow(): void {
    clearTimeout(this.caret);
    this.caret = setTimeout(() => {
      const { line, character } = place(this.view.state.doc, this.view.state.selection.main.head);
      void this.sample.follow(line, character);
    }, 150);
  }

  private async format(): Promise<void> {
    const plugin = LSPPlugin.get(this.view);
    const options = { tabSize: 2, insertSpaces: true };
    const edits = plugin && (await this.session.askStill<readonly TextEdit[]>("textDocument/formatting", { textDocument: { uri: plugin.uri }, options }));
    if (plugin && edits) {
      this.session.edit({ changes: { [plugin.uri]: edits } });
    }
  }

  private async read(): Promise<void> {
    const answer = await this.session.ask<{ sections: readonly ReadingSection[] }>("regime/reading", { uri: this.documents.uri(this.path) }, true);
    if (answer) {
      if (answer.sections.length === 0) {
        this.reading.replaceChildren(element("p", { class: "muted" }, words.noReading));
        return;
      }
      let regime = "";
      this.reading.replaceChildren(
        ...answer.sections.flatMap((section) => {
          const heading = section.regime === regime ? [] : [element("h2", {}, section.regime)];
          regime = section.regime;
          return [...heading, element("h3", {}, section.title), element("ul", {}, ...section.items.map((item) => element("li", {}, item)))];
        }),
      );
    }
  }

  private async planned(): Promise<void> {
    const answer = await this.session.ask<{ text: string }>("regime/plan", { uri: this.documents.uri(this.path) }, true);
    this.plan.replaceChildren(answer?.text ? element("pre", { class: "source", tabindex: "0" }, answer.text) : element("p", { class: "muted" }, words.noPlan));
  }
}

const page = document.querySelector<HTMLElement>("[data-studio]");
const stored = page?.querySelector("script[data-studio-files]")?.textContent;
if (page && stored) {
  new Studio(page, JSON.parse(stored) as StoredFile[]);
}
