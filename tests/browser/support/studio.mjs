// The studio's page with a small stand-in for the language server behind its socket: enough of the protocol to see that the studio asks, shows and applies. What the real server answers is tested elsewhere.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const assets = fileURLToPath(new URL("../../../src/web/assets/", import.meta.url));
export const ROOT = "memory:///soan/1/";

/** The policy of the real pages: the studio must live with it. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

const range = (line, from, to) => ({ start: { line, character: from }, end: { line, character: to } });

/** What the stand-in knows: a wrong name, columns, tests. */
class Language {
  texts = new Map();
  versions = new Map();
  asked = [];

  constructor(send) {
    this.send = send;
  }

  lines(uri) {
    return (this.texts.get(uri) ?? "").split("\n");
  }

  /** Every place where a pattern stands, as [line, from, to, match]. */
  find(uri, pattern) {
    return this.lines(uri).flatMap((text, line) => [...text.matchAll(pattern)].map((match) => [line, match.index, match.index + match[0].length, match]));
  }

  problems(uri) {
    return this.find(uri, /\bvuviec\b/g).map(([line, from, to]) => ({
      range: range(line, from, to),
      severity: 1,
      code: "R201",
      codeDescription: { href: "/tro-giup/ma-loi/R201" },
      message: "không có đơn vị tính nào là `vuviec`\ncách sửa: có phải `vu_viec` không?",
      data: { fixes: [{ title: "Sửa thành `vu_viec`", certain: true, edits: [{ uri, range: range(line, from, to), newText: "vu_viec" }] }] },
    }));
  }

  publish(uri) {
    this.send({ jsonrpc: "2.0", method: "textDocument/publishDiagnostics", params: { uri, version: this.versions.get(uri), diagnostics: this.problems(uri) } });
  }

  receive(message) {
    const { id, method, params } = message;
    this.asked.push(method);
    if (/\.csv$/.test(params?.textDocument?.uri ?? params?.uri ?? "") && id !== undefined) {
      this.send({ jsonrpc: "2.0", id, result: null });
      return;
    }
    if (method === "textDocument/didOpen") {
      this.texts.set(params.textDocument.uri, params.textDocument.text);
      this.versions.set(params.textDocument.uri, params.textDocument.version);
      this.publish(params.textDocument.uri);
    } else if (method === "textDocument/didChange") {
      for (const change of params.contentChanges) {
        this.texts.set(params.textDocument.uri, change.text);
      }
      this.versions.set(params.textDocument.uri, params.textDocument.version);
      this.publish(params.textDocument.uri);
    } else if (id !== undefined && method !== undefined) {
      const result = this.answer(method, params);
      this.send(result === undefined ? { jsonrpc: "2.0", id, error: { code: -32601, message: "no such method" } } : { jsonrpc: "2.0", id, result });
    }
  }

  answer(method, params) {
    const uri = params?.textDocument?.uri ?? params?.uri;
    const columns = () => this.find(uri, /cột (\d+) (\w+) "([^"]*)"/g);
    switch (method) {
      case "initialize":
        return {
          capabilities: {
            textDocumentSync: { openClose: true, change: 1 },
            codeActionProvider: { resolveProvider: true },
            codeLensProvider: { resolveProvider: true },
            inlayHintProvider: true,
            documentHighlightProvider: true,
            documentSymbolProvider: true,
            foldingRangeProvider: true,
            hoverProvider: true,
            completionProvider: {},
            renameProvider: true,
            documentFormattingProvider: true,
            semanticTokensProvider: { full: true, legend: { tokenTypes: ["enumMember", "property"], tokenModifiers: ["declaration"] } },
          },
        };
      case "textDocument/codeAction":
        return this.problems(uri).map((problem) => ({ title: "Sửa thành `vu_viec`", kind: "quickfix", diagnostics: [problem], data: { uri, range: problem.range } }));
      case "codeAction/resolve":
        return { ...params, edit: { changes: { [params.data.uri]: [{ range: params.data.range, newText: "vu_viec" }] } } };
      case "textDocument/codeLens":
        return this.find(uri, /ca kiểm thử "([^"]*)"/g).map(([line, from, to, match]) => ({ range: range(line, from, to), data: { uri, title: match[1] } }));
      case "codeLens/resolve":
        return { ...params, command: { title: "▶ Chạy", command: "regime.runTests", arguments: [params.data.uri, params.data.title] } };
      case "textDocument/inlayHint":
        return this.find(uri, /biểu \w+ "[^"]*"/g).map(([line, , to]) => ({ position: { line, character: to }, label: `${columns().length} cột`, paddingLeft: true }));
      case "textDocument/documentHighlight":
        return this.find(uri, /\bvu_viec\b/g).map(([line, from, to]) => ({ range: range(line, from, to), kind: 1 }));
      case "textDocument/semanticTokens/full": {
        let last = [0, 0];
        return {
          data: this.find(uri, /\bvu_viec\b/g).flatMap(([line, from, to]) => {
            const data = [line - last[0], line === last[0] ? from - last[1] : from, to - from, 1, 1];
            last = [line, from];
            return data;
          }),
        };
      }
      case "textDocument/documentSymbol":
        return this.find(uri, /(biểu|chế độ) (\w+) "[^"]*"/g).map(([line, from, to, match]) => ({ name: `${match[1]} ${match[2]}`, kind: 5, range: range(line, from, to), selectionRange: range(line, from, to) }));
      case "textDocument/foldingRange":
        return [{ startLine: 0, endLine: this.lines(uri).length - 2 }];
      case "textDocument/hover":
        return { contents: { kind: "markdown", value: 'Vụ việc <img src="x" onerror="document.title=1">' } };
      case "textDocument/completion":
        return { isIncomplete: false, items: [{ label: "vu_viec", detail: "vụ việc", kind: 11 }] };
      case "textDocument/rename":
        return { changes: Object.fromEntries([...this.texts.keys()].map((one) => [one, this.find(one, /\bvu_viec\b/g).map(([line, from, to]) => ({ range: range(line, from, to), newText: params.newName }))])) };
      case "textDocument/formatting":
        return [{ range: range(0, 0, 0), newText: "// gọn\n" }];
      case "workspace/executeCommand":
        return null;
      case "regime/preview": {
        const sound = this.problems(uri).length === 0;
        const value = (name) => params.values?.[`B[${name}]`] ?? "";
        const sum = columns().reduce((total, [, , , match]) => total + Number(value(match[1])), 0);
        const cells = columns().map(([, , , match]) => `<td class="cell entered" data-address="B[${match[1]}]"><input class="cell-input" data-address="B[${match[1]}]" aria-label="${match[3]}" value="${value(match[1])}"></td>`);
        return {
          version: 1,
          sound,
          html: sound ? `<table class="grid"><tbody><tr>${columns().map(([, , , match]) => `<th data-address="B[${match[1]}]" onclick="document.title=2">${match[3]}</th>`).join("")}</tr><tr>${cells.join("")}</tr></tbody></table><p data-sum>${sum}</p><script>document.title=3</script>` : "",
          forms: columns().length > 0 ? [{ name: "B", label: "Biểu B" }] : [],
          units: [{ name: "xa-a", label: "Xã A" }],
          periods: [{ name: "2026-Q1", label: "Quý 1/2026" }],
          form: "B",
          unit: "xa-a",
          period: "2026-Q1",
          problems: [],
        };
      }
      case "regime/sourceAt": {
        if (params.address) {
          const found = columns().find(([, , , match]) => `B[${match[1]}]` === params.address);
          return found ? { version: 1, uri, range: range(found[0], found[1], found[2]) } : null;
        }
        const found = columns().find(([line]) => line === params.position.line);
        return found ? { version: 1, regime: "A", form: "B", address: `B[${found[3][1]}]` } : null;
      }
      case "regime/runTests":
        return {
          version: 1,
          results: this.find(uri, /ca kiểm thử "([^"]*)"/g).map(([line, from, to, match]) => ({
            regime: "A",
            title: match[1],
            uri,
            range: range(line, from, to),
            run: true,
            passed: !match[1].includes("sai"),
            failures: match[1].includes("sai") ? [{ uri, range: range(line, from, to), message: "mong đợi 1 nhưng được 2" }] : [],
          })),
        };
      case "regime/reading":
        return { version: 1, sections: [{ regime: "A", title: "Kỳ báo cáo", items: ["Báo cáo mỗi quý."] }] };
      case "regime/plan":
        return { version: 1, text: `Chế độ A phiên bản 1: ${columns().length} cột` };
      case "regime/testFromSample": {
        const last = this.lines(uri).length - 1;
        const values = Object.entries(params.values).map(([address, value]) => `${address}: ${value}`);
        return { version: 1, edit: { changes: { [uri]: [{ range: range(last, 0, 0), newText: `ca kiểm thử "${params.title}" { ${values.join("; ")} }\n` }] } } };
      }
      default:
        return undefined;
    }
  }
}

/** A frame of the WebSocket protocol with a text. */
function framed(text) {
  const body = Buffer.from(text);
  const head = body.length < 126 ? Buffer.from([0x81, body.length]) : Buffer.alloc(body.length < 65_536 ? 4 : 10);
  if (body.length >= 126) {
    head[0] = 0x81;
    head[1] = body.length < 65_536 ? 126 : 127;
    if (body.length < 65_536) {
      head.writeUInt16BE(body.length, 2);
    } else {
      head.writeBigUInt64BE(BigInt(body.length), 2);
    }
  }
  return Buffer.concat([head, body]);
}

/** Takes whole messages out of what has come in. */
function reader(receive) {
  let waiting = Buffer.alloc(0);
  let text = [];
  return (chunk) => {
    waiting = Buffer.concat([waiting, chunk]);
    for (;;) {
      if (waiting.length < 6) {
        return;
      }
      let length = waiting[1] & 0x7f;
      let at = 2;
      if (length === 126) {
        length = waiting.readUInt16BE(2);
        at = 4;
      } else if (length === 127) {
        length = Number(waiting.readBigUInt64BE(2));
        at = 10;
      }
      if (waiting.length < at + 4 + length) {
        return;
      }
      const mask = waiting.subarray(at, at + 4);
      const body = Buffer.from(waiting.subarray(at + 4, at + 4 + length).map((byte, place) => byte ^ mask[place % 4]));
      const [first] = waiting;
      waiting = waiting.subarray(at + 4 + length);
      const kind = first & 0x0f;
      if (kind <= 2) {
        text.push(body);
        if ((first & 0x80) !== 0) {
          receive(Buffer.concat(text).toString("utf8"));
          text = [];
        }
      }
    }
  };
}

function page(files) {
  const data = JSON.stringify(files).replaceAll("<", "\\u003c");
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Soạn</title>
<link rel="stylesheet" href="/app.css"><link rel="stylesheet" href="/studio.css"><script type="module" src="/studio.js"></script></head>
<body data-language="vi"><main><div data-studio data-socket="/may-chu" data-root="${ROOT}" data-open="b01.regime" data-save="/luu" data-newest="/moi-nhat/" data-sign-in="/dang-nhap" data-publish="/cong-bo" data-pages="/tep/" data-history="/lich-su/" data-list="/soan" data-help="/tro-giup/ma-loi/">
<form method="post"><textarea name="noi_dung"></textarea><button>Kiểm tra</button></form>
<script type="application/json" data-studio-files>${data}</script></div></main></body></html>`;
}

/** Starts the page and its server. `saved` are the drafts that came in; `cut()` breaks the line. */
export async function startStudio(files) {
  const types = { js: "text/javascript", css: "text/css", svg: "image/svg+xml", woff2: "font/woff2" };
  const lines = new Set();
  const world = { saved: [], language: null, languages: [], refuse: null, newest: null, ended: false };
  const server = createServer((request, response) => {
    response.setHeader("content-security-policy", POLICY);
    if (request.url === "/luu") {
      let body = "";
      request.on("data", (chunk) => (body += chunk));
      request.on("end", () => {
        world.saved.push(JSON.parse(body));
        response.writeHead(world.refuse ?? 200, { "content-type": "application/json" });
        response.end(JSON.stringify(world.refuse ? { message: "Người khác vừa sửa." } : { revision: world.saved.length + 1 }));
      });
      return;
    }
    if (request.url.startsWith("/moi-nhat/")) {
      // What somebody else has saved meanwhile; the next saving is taken.
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(world.newest));
      world.refuse = null;
      return;
    }
    const name = request.url.slice(1);
    if (/^[\w.-]+\.(?:js|css|svg|woff2)$/.test(name)) {
      readFile(assets + name).then(
        (content) => {
          response.setHeader("content-type", types[name.split(".").pop()]);
          response.end(content);
        },
        () => {
          response.statusCode = 404;
          response.end();
        },
      );
      return;
    }
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(name === "" || name.startsWith("tep/") ? page(files) : "<!doctype html><title>Công bố</title>");
  });
  server.on("upgrade", (request, socket) => {
    const accept = createHash("sha1").update(`${request.headers["sec-websocket-key"]}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    if (world.ended) {
      socket.end(Buffer.from([0x88, 2, 4401 >> 8, 4401 & 0xff]));
      return;
    }
    const language = new Language((message) => socket.write(framed(JSON.stringify(message))));
    world.language = language;
    world.languages.push(language);
    lines.add(socket);
    socket.on("data", reader((text) => language.receive(JSON.parse(text))));
    socket.on("error", () => undefined);
    socket.on("close", () => lines.delete(socket));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    ...world,
    world,
    address: `http://127.0.0.1:${server.address().port}/`,
    cut() {
      for (const socket of lines) {
        socket.destroy();
      }
    },
    /** Ends the session as the server does: the line is closed for good and nothing is saved. */
    signOut() {
      world.ended = true;
      world.refuse = 401;
      for (const socket of lines) {
        socket.end(Buffer.from([0x88, 2, 4401 >> 8, 4401 & 0xff]));
      }
    },
    async stop() {
      this.cut();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
