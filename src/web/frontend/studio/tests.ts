// The tests of the shown file with their results. Running and judging is the server's; here they are listed, and a result leads to its place.

import { button, element } from "./element.js";
import type { Location, TestResult } from "./protocol.js";
import type { Session } from "./session.js";
import { words } from "./words.js";

/** What tells one test of a file from the others. */
export interface OneTest {
  readonly title?: string;
  /** The line on which it begins, from 0: two tests can have one title. */
  readonly line?: number;
}

export class Tests {
  private readonly summary = element("p", { role: "status" });
  private readonly results = element("ul", { class: "studio-tests" });
  private session: Session | undefined;
  private uri = "";
  private turn = 0;

  constructor(box: HTMLElement) {
    const head = element("div", { class: "tests-head" }, button(words.runTests, () => void this.run(), { class: "button button-small button-secondary" }), this.summary);
    box.append(head, this.results);
  }

  attach(session: Session): void {
    this.session = session;
  }

  turnTo(uri: string): void {
    this.uri = uri;
    this.summary.textContent = "";
    this.results.replaceChildren();
  }

  /** Runs the tests of the shown file, or one of them. */
  async run(one: OneTest = {}): Promise<void> {
    this.turn += 1;
    const mine = this.turn;
    const answer = await this.session?.ask<{ version: number; results: readonly TestResult[] }>("regime/runTests", { uri: this.uri, ...one });
    if (mine !== this.turn || !answer || answer.version !== 1) {
      return;
    }
    const { results } = answer;
    const run = results.filter((result) => result.run);
    const passed = run.filter((result) => result.passed).length;
    this.summary.textContent = results.length === 0 ? words.noTests : run.length === 0 ? words.notRun : words.testsSummary(passed, run.length - passed);
    this.results.replaceChildren(...results.map((result) => this.row(result)));
  }

  private row(result: TestResult): HTMLElement {
    const state = result.passed ? words.passed : result.run ? words.failed : words.notRun;
    const go = (place: Location): void => this.session?.screen.go(place, true);
    return element(
      "li",
      {},
      element("strong", { class: result.passed ? "tag tag-accepted" : result.run ? "tag tag-error" : "tag" }, state),
      " ",
      button(result.title, () => go(result), { class: "link-button" }),
      result.failures.length > 0 && element("ul", {}, ...result.failures.map((failure) => element("li", {}, button(failure.message, () => go(failure), { class: "link-button" })))),
    );
  }
}
