"""The language server as a client sees it that was written by others: pytest-lsp, with the abilities of two editors.

The program is named by REGIME_BINARY. Texts are built here, so that what is expected stands beside them.
"""

import asyncio
import os
import pathlib

import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

COMMON = 'measure ho "hộ"\nmeasure nguoi "người"\n'
REGIME = """regime DAN_CU "Dân cư" version 1 in force from 01/01/2026 {
  form DC01 "01" "DÂN CƯ" {
    rows each reporting unit
    column 1 so_ho "Số hộ" measure ho
    column 2 so_nguoi "Số người" measure nguoi
    rule so_nguoi >= so_ho
  }
}
"""


@pytest_lsp.fixture(
    params=["neovim", "visual-studio-code"],
    config=ClientServerConfig(server_command=[os.environ["REGIME_BINARY"], "lsp"]),
)
async def client(request, lsp_client: LanguageClient, tmp_path: pathlib.Path):
    (tmp_path / "common.regime").write_text(COMMON, encoding="utf-8")
    (tmp_path / "dân cư.regime").write_text(REGIME, encoding="utf-8")
    lsp_client.folder = tmp_path

    # This client says that it watches files and leaves the answer to its user.
    @lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def watching(_: types.RegistrationParams):
        return None

    # The same of what stands between and above the lines: it is asked for again by whoever shows it.
    for again in (
        types.WORKSPACE_INLAY_HINT_REFRESH,
        types.WORKSPACE_CODE_LENS_REFRESH,
        types.WORKSPACE_SEMANTIC_TOKENS_REFRESH,
    ):
        lsp_client.feature(again)(lambda *_: None)

    await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=client_capabilities(request.param),
            root_uri=tmp_path.as_uri(),
            workspace_folders=[types.WorkspaceFolder(uri=tmp_path.as_uri(), name="dự án")],
            locale="vi",
        )
    )
    yield
    await lsp_client.shutdown_session()


def opened(client: LanguageClient, name: str, text: str) -> str:
    uri = (client.folder / name).as_uri()
    item = types.TextDocumentItem(uri=uri, language_id="regime", version=1, text=text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))
    return uri


def changed(client: LanguageClient, uri: str, version: int, text: str) -> None:
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            text_document=types.VersionedTextDocumentIdentifier(uri=uri, version=version),
            content_changes=[types.TextDocumentContentChangeWholeDocument(text=text)],
        )
    )


def place(text: str, needle: str) -> types.Position:
    """Where a word first begins, in the units the protocol counts."""
    before = text[: text.index(needle)]
    line = before.count("\n")
    column = before.rsplit("\n", 1)[-1]
    return types.Position(line=line, character=len(column.encode("utf-16-le")) // 2)


async def diagnosed(client: LanguageClient, uri: str, wanted) -> list[types.Diagnostic]:
    """The mistakes of a document, once they are as wanted."""
    for _ in range(200):
        found = client.diagnostics.get(uri)
        if found is not None and wanted([one.code for one in found]):
            return list(found)
        await asyncio.sleep(0.05)
    raise AssertionError(f"{uri}: {client.diagnostics.get(uri)}")


async def test_mistakes_come_and_go(client: LanguageClient):
    uri = opened(client, "common.regime", COMMON + 'measure ho "hộ dân"\n')
    found = await diagnosed(client, uri, lambda codes: "R202" in codes)
    repeated = next(one for one in found if one.code == "R202")
    assert repeated.range.start == types.Position(line=2, character=8)
    assert repeated.related_information
    changed(client, uri, 2, COMMON)
    await diagnosed(client, uri, lambda codes: "R202" not in codes)


async def test_names_are_completed_by_what_is_printed_for_them(client: LanguageClient):
    text = REGIME.replace('"Số người" measure nguoi', '"Số người" measure người')
    uri = opened(client, "dân cư.regime", text)
    await diagnosed(client, uri, lambda codes: len(codes) > 0)
    at = place(text, "measure người")
    at = types.Position(line=at.line, character=at.character + len("measure người"))
    found = await client.text_document_completion_async(
        types.CompletionParams(text_document=types.TextDocumentIdentifier(uri=uri), position=at)
    )
    items = found.items if isinstance(found, types.CompletionList) else found
    edits = [item.text_edit for item in items if item.text_edit.new_text == "nguoi"]
    assert edits, [item.label for item in items]
    assert edits[0].range == types.Range(start=place(text, "người\n"), end=at)


async def test_a_name_is_renamed_in_every_file(client: LanguageClient):
    uri = opened(client, "common.regime", COMMON)
    other = (client.folder / "dân cư.regime").as_uri()
    await diagnosed(client, uri, lambda codes: True)
    edit = await client.text_document_rename_async(
        types.RenameParams(
            text_document=types.TextDocumentIdentifier(uri=uri),
            position=place(COMMON, "nguoi"),
            new_name="khau",
        )
    )
    changes = dict(edit.changes or {})
    for change in edit.document_changes or []:
        changes[change.text_document.uri] = change.edits
    assert {uri, other} == set(changes), changes
    assert all(one.new_text == "khau" for edits in changes.values() for one in edits)
    assert changes[other][0].range.start == place(REGIME, 'nguoi\n    rule')


async def test_a_mistake_has_a_way_out(client: LanguageClient):
    text = COMMON + 'measur em "em"\n'
    uri = opened(client, "common.regime", text)
    found = await diagnosed(client, uri, lambda codes: len(codes) > 0)
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(
            text_document=types.TextDocumentIdentifier(uri=uri),
            range=found[0].range,
            context=types.CodeActionContext(diagnostics=found, only=[types.CodeActionKind.QuickFix]),
        )
    )
    edits = [change for action in actions for edits in action.edit.changes.values() for change in edits]
    assert "measure" in [edit.new_text for edit in edits], actions
