// The preview beside the source: one panel that follows the regime being edited. A click in it goes to the source, the caret in the source outlines its cell.
// The form is made by the language server; this file only asks again when the text, the sample or the typed figures change, and drops answers that come late.
import * as vscode from "vscode";
import { fileName, range } from "./places.js";
import { type FromPreview, type ToPreview } from "./preview-messages.js";
import { previewPage } from "./preview-page.js";
import { type AddressOfSource, type Choice, type PreviewAnswer, requests, type SourceOfAddress, type TestFromSampleAnswer } from "./protocol.js";
import { type Server } from "./server.js";
import { type Sample } from "./status-text.js";

const DELAY = 200;

export class Preview implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private uri: vscode.Uri | undefined;
  private form: string | undefined;
  private unit: string | undefined;
  private period: string | undefined;
  private values: Record<string, string> = {};
  private answer: PreviewAnswer | undefined;
  private asked = 0;
  private waiting: NodeJS.Timeout | undefined;
  private caret: NodeJS.Timeout | undefined;
  private readonly changes = new vscode.EventEmitter<void>();
  /** Fires when the sample changed. */
  readonly changed = this.changes.event;
  private readonly subscriptions: vscode.Disposable[] = [];

  constructor(
    private readonly server: Server,
    private readonly folder: vscode.Uri,
  ) {
    this.subscriptions.push(
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (this.panel && editor?.document.languageId === "regime" && editor.document.uri.toString() !== this.uri?.toString()) {
          this.turnTo(editor.document.uri, undefined);
        }
      }),
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document.languageId === "regime") {
          this.later();
        }
      }),
      vscode.window.onDidChangeTextEditorSelection((event) => this.followCaret(event.textEditor)),
      this.server.changed(() => {
        if (this.server.state === "running") {
          this.later();
        }
      }),
    );
  }

  /** The labels of the chosen unit and period. */
  get sample(): Sample {
    const label = (choices: readonly Choice[] | undefined, name: string | undefined): string | undefined => choices?.find((choice) => choice.name === name)?.label ?? name;
    const unit = label(this.answer?.units, this.answer?.unit);
    const period = label(this.answer?.periods, this.answer?.period);
    return { ...(unit === undefined ? {} : { unit }), ...(period === undefined ? {} : { period }) };
  }

  dispose(): void {
    clearTimeout(this.waiting);
    clearTimeout(this.caret);
    this.panel?.dispose();
    this.changes.dispose();
    for (const one of this.subscriptions) {
      one.dispose();
    }
  }

  open(uri: vscode.Uri, form: string | undefined): void {
    if (this.panel) {
      this.panel.reveal(undefined, true);
    } else {
      const panel = vscode.window.createWebviewPanel("regime.preview", "", { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, {
        enableScripts: true,
        retainContextWhenHidden: true,
        localResourceRoots: [vscode.Uri.joinPath(this.folder, "out"), vscode.Uri.joinPath(this.folder, "media")],
      });
      this.panel = panel;
      panel.webview.onDidReceiveMessage((message: FromPreview) => void this.receive(message));
      panel.onDidDispose(() => {
        this.panel = undefined;
      });
      panel.webview.html = this.page(panel.webview);
    }
    this.turnTo(uri, form);
  }

  /** Lets the person choose the unit and the period that the preview and the hints take as an example. */
  async chooseSample(): Promise<void> {
    const uri = this.uri ?? vscode.window.activeTextEditor?.document.uri;
    if (!this.answer && uri) {
      this.uri = uri;
      await this.ask();
    }
    const { units = [], periods = [] } = this.answer ?? {};
    if (units.length === 0 && periods.length === 0) {
      void vscode.window.showInformationMessage(this.server.say("sample.none"));
      return;
    }
    const pick = async (title: string, choices: readonly Choice[]): Promise<string | undefined> => {
      if (choices.length === 0) {
        return undefined;
      }
      const chosen = await vscode.window.showQuickPick(
        choices.map((choice) => ({ label: choice.label, description: choice.name === choice.label ? "" : choice.name, name: choice.name })),
        { title, matchOnDescription: true },
      );
      return chosen?.name;
    };
    this.unit = (await pick(this.server.say("sample.unit"), units)) ?? this.unit;
    this.period = (await pick(this.server.say("sample.period"), periods)) ?? this.period;
    await this.ask();
  }

  private page(webview: vscode.Webview): string {
    const file = (...parts: string[]): string => webview.asWebviewUri(vscode.Uri.joinPath(this.folder, ...parts)).toString();
    const { say } = this.server;
    return previewPage({
      language: this.server.language,
      source: webview.cspSource,
      script: file("out", "preview.js"),
      style: file("media", "preview.css"),
      words: {
        form: say("preview.form"),
        unit: say("preview.unit"),
        period: say("preview.period"),
        saveAsTest: say("preview.saveAsTest"),
        clear: say("preview.clear"),
        region: say("preview.region"),
      },
    });
  }

  private tell(message: ToPreview): void {
    void this.panel?.webview.postMessage(message);
  }

  private forget(): void {
    this.values = {};
    this.tell({ kind: "forget" });
  }

  private turnTo(uri: vscode.Uri, form: string | undefined): void {
    if (uri.toString() !== this.uri?.toString() || form !== undefined) {
      this.forget();
    }
    this.uri = uri;
    this.form = form;
    if (this.panel) {
      this.panel.title = this.server.say("preview.title", { file: fileName(uri) });
    }
    void this.ask();
  }

  private later(): void {
    if (this.panel) {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => void this.ask(), DELAY);
    }
  }

  private async ask(): Promise<void> {
    const uri = this.uri;
    if (!uri) {
      return;
    }
    this.asked += 1;
    const turn = this.asked;
    const answer = await this.server.ask<PreviewAnswer>(
      requests.preview,
      {
        uri: uri.toString(),
        language: this.server.language,
        ...(this.form === undefined ? {} : { form: this.form }),
        ...(this.unit === undefined ? {} : { unit: this.unit }),
        ...(this.period === undefined ? {} : { period: this.period }),
        values: this.values,
      },
      true,
    );
    if (turn !== this.asked) {
      return;
    }
    if (!answer || !answer.sound || answer.forms.length === 0) {
      const why = this.server.state !== "running" ? "preview.waiting" : answer?.sound !== false ? "preview.empty" : this.answer ? "preview.unsound" : "preview.notSoundYet";
      this.tell({ kind: "note", text: this.server.say(why) });
      return;
    }
    this.answer = answer;
    this.tell({ kind: "show", answer });
    this.changes.fire();
    const editor = vscode.window.activeTextEditor;
    if (editor) {
      this.followCaret(editor);
    }
  }

  private async receive(message: FromPreview): Promise<void> {
    switch (message.kind) {
      case "ready":
        if (this.answer) {
          this.tell({ kind: "show", answer: this.answer });
        } else {
          this.tell({ kind: "note", text: this.server.say("preview.waiting") });
        }
        break;
      case "typed":
        this.values = message.values;
        await this.ask();
        break;
      case "choose":
        this[message.what] = message.name;
        if (message.what === "form") {
          this.forget();
        }
        await this.ask();
        break;
      case "go":
        await this.go(message.address, message.leave);
        break;
      case "save":
        await this.save(message.values);
        break;
    }
  }

  private async go(address: string, leave: boolean): Promise<void> {
    const uri = this.uri;
    const source = uri && (await this.server.ask<SourceOfAddress>(requests.sourceAt, { uri: uri.toString(), address }, true));
    if (!source) {
      return;
    }
    const selection = range(source.range);
    const target = vscode.Uri.parse(source.uri);
    const shown = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === target.toString());
    const editor = await vscode.window.showTextDocument(target, {
      viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
      preserveFocus: !leave,
      ...(leave ? { selection: new vscode.Range(selection.start, selection.start) } : {}),
    });
    editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  private followCaret(editor: vscode.TextEditor): void {
    const follows = vscode.workspace.getConfiguration("regime").get<boolean>("preview.followCaret") !== false;
    if (!this.panel || !follows || editor.document.uri.toString() !== this.uri?.toString()) {
      return;
    }
    clearTimeout(this.caret);
    this.caret = setTimeout(() => {
      const { line, character } = editor.selection.active;
      void this.server.ask<AddressOfSource>(requests.sourceAt, { uri: editor.document.uri.toString(), position: { line, character } }, true).then((found) => {
        if (found?.form !== undefined && found.form !== this.answer?.form && Object.keys(this.values).length === 0) {
          this.form = found.form;
          void this.ask();
        }
        this.tell({ kind: "mark", address: found?.address ?? null });
      });
    }, 120);
  }

  private async save(values: Record<string, string>): Promise<void> {
    const uri = this.uri;
    const answer = this.answer;
    if (!uri || !answer) {
      return;
    }
    const title = await vscode.window.showInputBox({
      title: this.server.say("preview.saveAsTest"),
      prompt: this.server.say("preview.testTitle"),
      value: [this.sample.unit, this.sample.period].filter((part) => part).join(", ") || this.server.say("preview.testDefaultTitle"),
    });
    if (title === undefined) {
      return;
    }
    const made = await this.server.ask<TestFromSampleAnswer>(requests.testFromSample, {
      uri: uri.toString(),
      form: answer.form,
      unit: answer.unit,
      period: answer.period,
      values,
      title,
    });
    const edit = made && (await this.server.edit(made.edit));
    if (edit) {
      await vscode.workspace.applyEdit(edit);
    }
  }
}
