// Where the program `regime` is. The editor does not always hand over the PATH of the shell, so usual places are tried too.
// Nothing is started here; a setting that names no runnable file is reported and never replaced by another program.

/** What must be known of the computer; handed in, so that the search can be tested. */
export interface Machine {
  readonly windows: boolean;
  readonly home: string;
  readonly path: string;
  runnable(file: string): boolean;
}

export type Found = { readonly kind: "found"; readonly file: string } | { readonly kind: "setting"; readonly file: string } | { readonly kind: "search"; readonly looked: readonly string[] };

function expand(setting: string, folder: string | undefined, machine: Machine): string {
  const inFolder = folder === undefined ? setting : setting.replaceAll("${workspaceFolder}", folder);
  return inFolder === "~" || /^~[\\/]/.test(inFolder) ? machine.home + inFolder.slice(1) : inFolder;
}

/**
 * The program to start: the one that the setting names, else the first in PATH and the usual places.
 *
 * @param setting what `regime.server.path` says; empty for a search
 * @param folder the first open folder, for `${workspaceFolder}`
 */
export function findServer(setting: string, folder: string | undefined, machine: Machine): Found {
  const separator = machine.windows ? "\\" : "/";
  const named = setting.trim();
  if (named !== "") {
    const file = expand(named, folder, machine);
    return machine.runnable(file) ? { kind: "found", file } : { kind: "setting", file };
  }
  const inPath = machine.path.split(machine.windows ? ";" : ":").filter((place) => place !== "");
  const usual = machine.windows
    ? [`${machine.home}\\.cargo\\bin`, `${machine.home}\\AppData\\Local\\Programs\\regime`]
    : [`${machine.home}/.local/bin`, `${machine.home}/.cargo/bin`, "/usr/local/bin"];
  const looked = [...new Set([...inPath, ...usual])];
  const name = machine.windows ? "regime.exe" : "regime";
  const file = looked.map((place) => place.replace(/[\\/]+$/, "") + separator + name).find((candidate) => machine.runnable(candidate));
  return file === undefined ? { kind: "search", looked } : { kind: "found", file };
}
