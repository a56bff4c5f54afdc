"""Runs the command lines of Markdown pages and compares what they print with what the page shows.

A block fenced as ```console holds commands (lines that begin with "$ ") and their output. All blocks of a page run one after the
other in one fresh folder that holds a copy of examples/ (for a page of an example: its own folder). A line "..." in the output
stands for any number of lines. A command that does not end with 0 is followed by a last output line "(exit N)". A block fenced
as ```sh may hold ./bootstrap, cmake, ctest and ninja lines only; hvplan belongs into console blocks.

--refresh writes what was printed into the pages; blocks with "..." keep their first and last lines around it.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys


def parse_steps(lines):
    """[(command, [output line, ...]), ...] of one console block."""
    steps = []
    for line in lines:
        if line.startswith("$ "):
            steps.append((line[2:], []))
        elif steps:
            steps[-1][1].append(line)
        else:
            raise ValueError("a console block begins with output: " + line)
    return steps


def printed_by(command, folder, environment):
    run = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
    lines = run.stdout.decode("utf-8", "replace").rstrip("\n").split("\n") if run.stdout else []
    return [line.rstrip() for line in lines] + (["(exit %d)" % run.returncode] if run.returncode else [])


def exit_line(lines):
    return lines[-1] if lines and re.match(r"\(exit \d+\)$", lines[-1]) else ""


def matches(shown, printed):
    """Whether `printed` is `shown`, where "..." stands for any number of lines, but for no "(exit N)"."""
    if "..." not in shown:
        return shown == printed
    if exit_line(shown) != exit_line(printed):
        return False
    at = shown.index("...")
    rest, tail = printed[at:], shown[at + 1:]
    return printed[:at] == shown[:at] and any(matches(tail, rest[i:]) for i in range(len(rest) + 1))


def elided(shown, printed):
    """The printed lines, cut where the page cuts them."""
    if "..." not in shown:
        return printed
    head, tail = shown.index("..."), shown[::-1].index("...")
    if tail == 0 and exit_line(printed):
        tail = 1
    return printed[:head] + ["..."] + (printed[-tail:] if tail else [])


class Page:
    def __init__(self, path, options):
        self.path, self.options = path, options
        self.folder = os.path.join(options.work, path.replace("/", "_"))
        own = os.path.dirname(path) if path.startswith("examples/") else None
        os.makedirs(self.folder)
        shutil.copytree(own or "examples", self.folder if own else os.path.join(self.folder, "examples"), dirs_exist_ok=True)
        tools = os.path.join(options.work, "bin")
        os.makedirs(tools, exist_ok=True)
        if not os.path.exists(os.path.join(tools, "hvplan")):
            os.symlink(options.hvplan, os.path.join(tools, "hvplan"))
        self.environment = dict(os.environ, PATH=tools + ":" + os.environ["PATH"], HVPLAN=options.hvplan, COLUMNS="100",
                                LC_ALL="C.UTF-8", NO_COLOR="1")
        self.checks = self.failures = 0

    def fail(self, text):
        print("FAIL: %s: %s" % (self.path, text))
        self.failures += 1

    def run_console(self, lines):
        out = []
        for command, shown in parse_steps(lines):
            self.checks += 1
            printed = printed_by(command, self.folder, self.environment)
            if not matches(shown, printed) and not self.options.refresh:
                self.fail("$ %s\n  shown:   %s\n  printed: %s" % (command, "\n           ".join(shown), "\n           ".join(printed)))
            out += ["$ " + command] + elided(shown, printed)
        return out

    def check_sh(self, lines):
        for line in lines:
            if line and not re.match(r"(\./bootstrap|cmake|ctest|ninja|cd|git|\.ci/run|tests/|build/|bash \.ci/run|#)", line):
                self.fail("a sh block shows a command that no test runs: " + line)

    def process(self):
        with open(self.path, encoding="utf-8") as page:
            text = page.read()

        def replace(match):
            kind, body = match.group(1), match.group(2).rstrip("\n").split("\n")
            if kind == "console":
                return "```console\n" + "\n".join(self.run_console(body)) + "\n```"
            if kind in ("sh", "bash", "shell"):
                self.check_sh(body)
            return match.group(0)

        fresh = re.sub(r"^```(\w*)\n(.*?)^```", replace, text, flags=re.S | re.M)
        if self.options.refresh and fresh != text:
            with open(self.path, "w", encoding="utf-8") as page:
                page.write(fresh)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--hvplan", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("--refresh", action="store_true")
    parser.add_argument("pages", nargs="+")
    options = parser.parse_args()
    options.hvplan = os.path.abspath(options.hvplan)
    checks = failures = 0
    for path in options.pages:
        if not os.path.exists(path):
            continue
        page = Page(path, options)
        page.process()
        checks, failures = checks + page.checks, failures + page.failures
    if checks == 0:
        print("FAIL: no command was run")
    print("%d commands, %d failures" % (checks, failures))
    return 1 if failures or checks == 0 else 0


sys.exit(main())
