// The words of the status item: state of the server, problems of the project, sample of the preview. It knows no editor.
import { type Say } from "./words.js";

export type ServerState = "starting" | "running" | "missing" | "stopped" | "failed";

export interface Sample {
  readonly unit?: string;
  readonly period?: string;
}

export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  readonly trouble: boolean;
}

/** What the status item shows. Counts are of the whole project, as the server reports them. */
export function statusText(say: Say, state: ServerState, errors: number, warnings: number, sample: Sample): StatusText {
  if (state !== "running") {
    const icon = state === "starting" ? "$(sync~spin)" : "$(error)";
    return { text: `${icon} Regime: ${say(`status.${state}`)}`, tooltip: `Regime: ${say(`status.${state}`)}`, trouble: state !== "starting" };
  }
  const counts = [
    ...(errors > 0 ? [say("status.errors", { count: errors })] : []),
    ...(warnings > 0 ? [say("status.warnings", { count: warnings })] : []),
  ];
  const problems = counts.length > 0 ? counts.join(", ") : say("status.noProblems");
  const shown = [sample.unit, sample.period].filter((part) => part !== undefined && part !== "");
  const tooltip = [
    `Regime: ${problems}`,
    ...(shown.length > 0 ? [say("status.sample", { unit: sample.unit ?? "–", period: sample.period ?? "–" })] : []),
    say("status.hint"),
  ];
  return {
    text: [`${errors > 0 ? "$(error)" : warnings > 0 ? "$(warning)" : "$(check)"} Regime: ${problems}`, ...shown].join(" · "),
    tooltip: tooltip.join("\n"),
    trouble: false,
  };
}
