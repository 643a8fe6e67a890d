// The page around the preview: its frame, its policy, nothing of the form. Only the two files of this extension may run or style it; what the server sends is shown, never run.
import { type Language } from "./words.js";

export interface PageParts {
  readonly language: Language;
  readonly source: string;
  readonly script: string;
  readonly style: string;
  /** The words that the script of the page shows. */
  readonly words: Readonly<Record<string, string>>;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export function previewPage(parts: PageParts): string {
  const policy = `default-src 'none'; script-src ${parts.source}; style-src ${parts.source}; font-src ${parts.source}; img-src ${parts.source} data:; form-action 'none'; base-uri 'none'`;
  return `<!doctype html>
<html lang="${parts.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escaped(parts.style)}">
<title>Regime</title>
</head>
<body data-words="${escaped(JSON.stringify(parts.words))}">
<form class="choices" aria-label="Regime"></form>
<main class="preview" tabindex="-1"></main>
<p class="note" role="status"></p>
<script src="${escaped(parts.script)}"></script>
</body>
</html>`;
}
