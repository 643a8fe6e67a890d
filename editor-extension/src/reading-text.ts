// The plain-language reading as Markdown. The sections come worded from the server; signs that Markdown would take for its own are made harmless.
import { type ReadingSection } from "./protocol.js";

function harmless(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, (sign) => `\\${sign}`);
}

export function readingText(title: string, sections: readonly ReadingSection[], nothing: string): string {
  const parts = sections.flatMap((section, place) => [
    ...(section.regime === sections[place - 1]?.regime ? [] : [`## ${harmless(section.regime)}`]),
    `### ${harmless(section.title)}`,
    ...(section.items.length > 0 ? [section.items.map((item) => `- ${harmless(item)}`).join("\n")] : []),
  ]);
  return `# ${harmless(title)}\n\n${parts.length > 0 ? parts.join("\n\n") : nothing}\n`;
}
