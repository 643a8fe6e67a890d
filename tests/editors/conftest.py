"""Tells the runner of all tests how many passed, in the words it counts."""


def pytest_terminal_summary(terminalreporter):
    passed = len(terminalreporter.stats.get("passed", []))
    failed = len(terminalreporter.stats.get("failed", [])) + len(terminalreporter.stats.get("error", []))
    terminalreporter.write_line(f"# pass {passed}")
    terminalreporter.write_line(f"# fail {failed}")
