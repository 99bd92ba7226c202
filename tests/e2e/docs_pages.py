# SPDX-License-Identifier: Apache-2.0
"""Pages of documentation as a list of things to do.

Commands are the lines of code blocks that begin with `fivetran-sim` or `scripts/`, and in a block that has any, every
line that begins with `$ `; what follows such a line, up to the next one, is what the page shows of its output. Comments of HTML, which readers do
not see, say what the page takes for granted. Each holds for the next code block:

    <!-- test: file NAME -->       the block is written as that file
    <!-- test: same PATH -->       the block is the whole of that file of the repository
    <!-- test: exit N -->          its commands end with that code
    <!-- test: not run -->         its commands are not run; docs_test.py lists them with the reason
    <!-- test: setup COMMAND -->   run first, by bash; $ROOT is the repository
    <!-- test: deployed TARGET --> calls of deployed functions reach this target from here on
"""
import dataclasses
import re
import shlex

DIRECTIVE = re.compile(r"<!-- test: (file|same|exit|not run|setup|deployed)\s*(.*?)\s*-->", re.DOTALL)
INDENTED = re.compile(r"^ {4,}((?:fivetran-sim|scripts/).*)$")
BARE = re.compile(r"^(?:fivetran-sim|scripts/)")


@dataclasses.dataclass
class Step:
    """One thing to do: `kind` is run, skip, file, same, setup or deployed; `text` what the directive or the command says."""
    kind: str
    text: str
    line: int
    body: list = dataclasses.field(default_factory=list)
    exit_code: int = 0


def commands_of(block, first_line, console):
    """The commands of a block, each with the lines that are shown below it."""
    found, number = [], 0
    while number < len(block):
        line = block[number]
        prompt = console and line.startswith("$ ")
        if prompt or (not console and BARE.match(line)):
            command, at = line[2:] if prompt else line, first_line + number
            while command.endswith("\\") and number + 1 < len(block):
                number += 1
                command += "\n" + block[number].removeprefix("> ")
            found.append(Step("run", command, at))
        elif console and found:
            found[-1].body.append(line)
        number += 1
    return found


def steps(text):
    """What a page, given as its text, says to do, in its order."""
    found, pending, lines, number = [], {}, text.splitlines(), 0

    def take(block, first_line, console):
        for kind in ("file", "same"):
            if kind in pending:
                found.append(Step(kind, pending[kind], first_line, block))
                pending.clear()
                return
        for step in commands_of(block, first_line, console):
            step.exit_code = int(pending.get("exit", 0))
            step.kind = "skip" if "not run" in pending else "run"
            found.append(step)
        pending.clear()

    while number < len(lines):
        line = lines[number]
        if line.lstrip().startswith("<!-- test:"):
            end = number
            while "-->" not in lines[end]:
                end += 1
            kind, value = DIRECTIVE.search("\n".join(lines[number:end + 1])).groups()
            if kind in {"setup", "deployed"}:
                found.append(Step(kind, value, number + 1))
            else:
                pending[kind] = value
            number = end
        elif line.lstrip().startswith("```"):
            indent = len(line) - len(line.lstrip())
            end = number + 1
            while not lines[end].lstrip().startswith("```"):
                end += 1
            block = [text[indent:] for text in lines[number + 1:end]]
            take(block, number + 2, any(text.startswith("$ ") for text in block))
            number = end
        elif INDENTED.match(line):
            take([INDENTED.match(line).group(1)], number + 1, False)
        number += 1
    return found


def plain(command):
    """A command without its comment, as the list of what is not run names it."""
    return shlex.join(shlex.split(command, comments=True))


def normalised(line, folder):
    """A line of output without what differs from run to run and from machine to machine."""
    line = line.replace(str(folder), "/home/ann")
    line = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UUID", line)
    line = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", "TIME", line)
    line = re.sub(r"\b\d+(\.\d+)? ?(ms|s)\b", "SECONDS", line)
    line = re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:PORT", line)
    return re.sub(r"\s+", " ", line).strip()


def missing(shown, outputs, folder):
    """The first shown line that does not occur, after the one before, in one of the outputs; None when all do. A line `…` stands for
    any lines, `…` at the end of a line for its rest."""
    outputs = [[normalised(line, folder) for line in output.splitlines()] for output in outputs]
    at = [0] * len(outputs)
    for raw in shown:
        line = normalised(raw, folder)
        if line in {"", "…"}:
            continue
        for index, output in enumerate(outputs):
            hit = next((n for n in range(at[index], len(output))
                        if output[n] == line or (line.endswith("…") and output[n].startswith(line[:-1].rstrip()))), None)
            if hit is not None:
                at[index] = hit + 1
                break
        else:
            return raw
    return None
