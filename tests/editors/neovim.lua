-- The language server in a real editor: headless Neovim, set up exactly as editor-extension/README.md tells its users to.
--
-- REGIME_BINARY names the program. What Neovim before 0.8 lacks of the documented settings is put beside it here, so that the settings themselves are what runs.

local passed, failed = 0, 0

local function say(line)
  io.stdout:write(line .. "\n")
end

local function check(name, holds, seen)
  if holds then
    passed = passed + 1
    say("ok " .. name)
  else
    failed = failed + 1
    say("not ok " .. name .. ": " .. vim.inspect(seen))
  end
end

local function read(path)
  local file = assert(io.open(path))
  local text = file:read("a")
  file:close()
  return text
end

local function write(path, text)
  local file = assert(io.open(path, "w"))
  file:write(text)
  file:close()
end

vim.fs = vim.fs or {
  dirname = function(path)
    return path and vim.fn.fnamemodify(path, ":h")
  end,
  find = function(name, options)
    return { vim.fn.findfile(name, vim.fn.fnamemodify(options.path, ":h") .. ";") }
  end,
}

vim.lsp.start = vim.lsp.start
  or function(config)
    local client = vim.lsp.start_client(config)
    vim.lsp.buf_attach_client(0, client)
    return client
  end

local function main()
  local binary = assert(os.getenv("REGIME_BINARY"), "REGIME_BINARY names the program")
  vim.env.PATH = vim.fn.fnamemodify(binary, ":h") .. ":" .. vim.env.PATH
  local documented = read("editor-extension/README.md"):match("%*%*Neovim%*%*.-```lua\n(.-)```")
  assert(loadstring(assert(documented, "the settings are documented")))()

  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, "p")
  local common = folder .. "/common.regime"
  write(common, 'measure ho "hộ"\nmeasure ho "hộ dân"\n')

  -- Without a configuration of its own Neovim knows no file types.
  vim.cmd("filetype on")
  vim.cmd("edit " .. vim.fn.fnameescape(common))
  local function codes()
    local found = {}
    for _, one in ipairs(vim.diagnostic.get(0)) do
      table.insert(found, one.code or (one.user_data and one.user_data.lsp and one.user_data.lsp.code) or one.message)
    end
    return found
  end
  local function repeated()
    for _, one in ipairs(vim.diagnostic.get(0)) do
      if one.lnum == 1 and one.severity == vim.diagnostic.severity.ERROR then
        return one
      end
    end
  end
  vim.wait(20000, function()
    return repeated() ~= nil
  end, 20)
  check("a mistake is shown", repeated() ~= nil, codes())
  check("in Vietnamese", repeated() and repeated().message:find("lý do: ", 1, true), repeated())

  vim.api.nvim_buf_set_lines(0, 1, 2, false, { 'measure nguoi "người"' })
  vim.wait(20000, function()
    return repeated() == nil
  end, 20)
  check("and goes when it is corrected", repeated() == nil, codes())

  local function ask(method, row, column, more)
    vim.api.nvim_win_set_cursor(0, { row, column })
    local asked = vim.tbl_extend("force", vim.lsp.util.make_position_params(0, "utf-16"), more or {})
    for _, answer in pairs(vim.lsp.buf_request_sync(0, method, asked, 20000) or {}) do
      return answer.result, answer.error
    end
  end

  -- The list narrows as Neovim's own completion does it: by what has been typed so far.
  vim.api.nvim_buf_set_lines(0, 2, 2, false, { "indicator dan_so \"Dân số\" measure ngu" })
  local list = ask("textDocument/completion", 3, #vim.fn.getline(3) - 1)
  local words = {}
  for _, item in ipairs((list or {}).items or {}) do
    table.insert(words, (item.textEdit or {}).newText)
  end
  check("names are completed", vim.tbl_contains(words, "nguoi"), words)
  vim.api.nvim_buf_set_lines(0, 2, 3, false, { 'measure trieu_nguoi "triệu người" = 1_000_000 * nguoi' })

  local edit, refused = ask("textDocument/rename", 2, 8, { newName = "khau" })
  if edit then
    vim.lsp.util.apply_workspace_edit(edit, "utf-16")
  end
  local lines = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  check(
    "a name is renamed where it is declared and where it is used",
    lines[2] == 'measure khau "người"' and lines[3] == 'measure trieu_nguoi "triệu người" = 1_000_000 * khau',
    refused or lines
  )

  local clients = vim.lsp.get_active_clients()
  vim.lsp.stop_client(clients)
  local ended = vim.wait(20000, function()
    return #vim.lsp.get_active_clients() == 0
  end, 20)
  check("the server ends when it is told to", #clients == 1 and ended, #clients)
end

local fine, problem = xpcall(main, debug.traceback)
if not fine then
  failed = failed + 1
  say("not ok " .. tostring(problem))
end
say("# pass " .. passed)
say("# fail " .. failed)
vim.cmd(failed == 0 and "qall!" or "cquit")
