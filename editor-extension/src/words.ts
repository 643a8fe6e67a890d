// What the extension says, in both languages. The texts are in l10n/; a test fails when one of them is not translated or not used.
import english from "../l10n/en.json";
import vietnamese from "../l10n/vi.json";

export type Language = "vi" | "en";
export type Key = keyof typeof vietnamese;
export type Say = (key: Key, values?: Record<string, string | number>) => string;

/** The language that the setting asks for. An editor in any language but English gets Vietnamese, the first language of the authors. */
export function languageOf(setting: string | undefined, editorLanguage: string): Language {
  if (setting === "en" || setting === "vi") {
    return setting;
  }
  return setting === "editor" && /^en\b/i.test(editorLanguage) ? "en" : "vi";
}

/** The text with its places filled in; a place without a value stays as it is written. */
export function say(language: Language, key: Key, values: Record<string, string | number> = {}): string {
  const text: string = (language === "en" ? english : vietnamese)[key];
  return text.replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? String(values[name]) : place));
}
