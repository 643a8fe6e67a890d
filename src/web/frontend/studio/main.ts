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
//        data-readonly>                      present when the person may only read
//     <form>…</form>                         the form for browsers without script; it is hidden
//     <script type="application/json" data-studio-files>[{"path","text","revision"}]</script>
//   </div>
//
// Optional requests of the server beyond docs/editor-protocol.md: regime/plan {uri} -> {version, text}.

import { LSPClient, LSPPlugin } from "@codemirror/lsp-client";
import { EditorView } from "@codemirror/view";
import { actions } from "./actions.js";
import { askAgain } from "./asked.js";
import { Documents } from "./documents.js";
import { type EditorParts, editorIn, stateOf } from "./editor.js";
import { button, element } from "./element.js";
import { highlights, hints, lenses, meanings } from "./marks.js";
import { outline } from "./outline.js";
import { offsets, place } from "./places.js";
import { harmless } from "./preview.js";
import { Problems } from "./problems.js";
import type { Location, ReadingSection, TextEdit, WorkspaceEdit } from "./protocol.js";
import { Sample } from "./sample.js";
import { Saver } from "./saver.js";
import { Session } from "./session.js";
import { Line } from "./socket.js";
import { Tabs } from "./tabs.js";
import { Tests } from "./tests.js";
import { Tree } from "./tree.js";
import { words } from "./words.js";

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
  private readonly changed = new Set<string>();
  private readonly parts: EditorParts;
  private readonly reading = element("div", { class: "studio-reading" });
  private readonly plan = element("div", {});
  private readonly trouble = element("p", { class: "notice notice-error", role: "alert", hidden: true });
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
    const right = element("section", { class: "studio-right", "aria-label": words.preview });
    const below = element("section", { class: "studio-below" });
    const count = element("span", { class: "studio-count", role: "status" });
    const preview = element("div", { class: "studio-preview" });
    const listed = element("div", {});
    const tested = element("div", {});

    this.saver = new Saver(
      data["save"] ?? "",
      (path) => this.documents.text(path),
      (state, text) => {
        this.saved.dataset["state"] = state;
        this.saved.textContent = text;
        if (state === "saved") {
          this.changed.clear();
          this.tree.mark(this.changed);
        }
      },
    );
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
      runTests: () => {
        if (this.lower.shows("tests")) {
          void this.tests.run();
        } else {
          this.lower.show("tests");
        }
      },
    });
    this.sample = new Sample(preview);
    this.tests = new Tests(tested);
    this.problems.attach(this.session);
    this.sample.attach(this.session);
    this.tests.attach(this.session);
    this.tree = new Tree(files_, (path) => void this.show(path), readOnly ? null : (path) => this.create(path));

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
    page.replaceChildren(
      head,
      this.trouble,
      element("div", { class: "studio-left" }, files_, element("h2", {}, words.outline), outlined),
      middle,
      right,
      below,
    );
    page.classList.add("studio");
    this.right = new Tabs(right, words.preview, [
      { name: "preview", title: words.preview, panel: preview },
      { name: "reading", title: words.reading, panel: this.reading, shown: () => void this.read() },
    ]);
    this.lower = new Tabs(below, words.problems(0), [
      { name: "problems", title: words.problems(0), panel: listed },
      { name: "tests", title: words.tests, panel: tested, shown: () => void this.tests.run() },
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
      this.saver.known(file.path, file.revision);
      this.documents.add(file.path, stateOf(file.text, this.documents.uri(file.path), this.parts));
    }
    const first = this.documents.file(data["open"] ?? "") ?? this.documents.files[0];
    this.path = first?.path ?? "";
    this.view = editorIn(middle, first?.state ?? stateOf("", this.documents.uri("moi.regime"), { ...this.parts, readOnly: true }));
    this.turned();

    new Line(data["socket"] ?? "", {
      opened: (line) => {
        this.client.connect(line);
        this.client.initializing.then(
          () => {
            this.line.textContent = words.connected;
            this.view.dispatch({ effects: askAgain.of(null) });
            this.turned();
          },
          () => undefined,
        );
      },
      closed: (forGood) => {
        this.client.disconnect();
        this.line.textContent = forGood ? words.signedOut : words.disconnected;
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

  private touched(path: string): void {
    this.saver.touched(path);
    if (!this.changed.has(path)) {
      this.changed.add(path);
      this.tree.mark(this.changed);
    }
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

  private create(path: string): void {
    this.saver.known(path, 0);
    this.documents.add(path, stateOf("", this.documents.uri(path), this.parts));
    this.show(path);
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
    this.plan.replaceChildren(answer ? element("pre", {}, answer.text) : element("p", { class: "muted" }, words.noPlan));
  }
}

const page = document.querySelector<HTMLElement>("[data-studio]");
const stored = page?.querySelector("script[data-studio-files]")?.textContent;
if (page && stored) {
  new Studio(page, JSON.parse(stored) as StoredFile[]);
}
