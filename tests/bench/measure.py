# SPDX-License-Identifier: Apache-2.0
"""Runs whole processes and measures them; medians, spread and ratios of interleaved rounds."""
import contextlib
import dataclasses
import os
import pathlib
import select
import statistics
import subprocess
import tempfile
import time


class Failed(Exception):
    """A process did not do its work."""


def short(error):
    """For a cell of a table."""
    return str(error).replace("\n", " ").replace("|", "/")[-200:]


@dataclasses.dataclass
class Run:
    seconds: float
    peak_mb: float  # the most memory that the process itself held; 0 where /proc does not tell


def peak_memory_mb(process):
    """Waits for the end of the process and returns the most memory it held, in MB; 0 where /proc does not tell."""
    peak, status = 0, pathlib.Path(f"/proc/{process.pid}/status")
    with contextlib.ExitStack() as stack:
        ended = None
        if hasattr(os, "pidfd_open"):
            with contextlib.suppress(OSError):
                ended = os.pidfd_open(process.pid)
                stack.callback(os.close, ended)
        while process.poll() is None:
            with contextlib.suppress(OSError, StopIteration):
                line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
                peak = max(peak, int(line.split()[1]) / 1024)
            if ended is None:
                time.sleep(0.02)
            else:  # wakes at once when the process ends
                select.select([ended], [], [], 0.02)
    return peak


def run(command, cwd=None, environment=None, expected=(0,)):
    """Runs a command to its end, its output kept for the message of a failure."""
    base = {name: value for name, value in os.environ.items() if name != "CI"}
    with tempfile.TemporaryFile() as output:
        begin = time.perf_counter()
        try:
            process = subprocess.Popen([str(word) for word in command], stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                       cwd=cwd, env=base | (environment or {}))
        except OSError as error:
            raise Failed(f"{command[0]}: {error}") from error
        peak = peak_memory_mb(process)
        seconds = time.perf_counter() - begin
        if process.returncode not in expected:
            output.seek(0)
            text = output.read().decode(errors="replace").strip()
            raise Failed(f"{pathlib.Path(str(command[0])).name} exited with {process.returncode}: {text[-400:]}")
    return Run(seconds, peak if command[0] != "bash" else 0)  # of a pipeline it would be the shell's


def spread(values, form):
    """"median (least–most)"."""
    return f"{form.format(statistics.median(values))} ({form.format(min(values))}–{form.format(max(values))})"


@dataclasses.dataclass
class Series:
    """What one tool did in one piece of work, a value a round."""
    work: str
    tool: str
    megabytes: float
    rows: int
    seconds: list = dataclasses.field(default_factory=list)
    peaks: list = dataclasses.field(default_factory=list)
    note: str = ""

    def add(self, measured):
        self.seconds.append(measured.seconds)
        self.peaks.append(measured.peak_mb)

    def per_row(self):
        return [seconds / self.rows for seconds in self.seconds]

    def as_json(self):
        return {"work": self.work, "tool": self.tool, "megabytes": round(self.megabytes, 2), "rows": self.rows,
                "seconds": [round(s, 4) for s in self.seconds], "peak_mb": [round(p, 1) for p in self.peaks], "note": self.note}


def ratios(own, other):
    """How many times the time of `own` the other needs for a row, round by round: neighbours in time only are compared."""
    return [theirs / ours for ours, theirs in zip(own.per_row(), other.per_row())]


def table(series, own_name):
    """Markdown: a line a tool and piece of work; the ratio is to the program's series of the same work."""
    lines = ["| work | tool | s | MB/s | krows/s | peak MB | × our time |", "|---|---|---|---|---|---|---|"]
    for one in series:
        if not one.seconds:
            lines.append(f"| {one.work} | {one.tool} | | | | | not measured: {one.note} |")
            continue
        own = next((s for s in series if s.work == one.work and s.tool == own_name and s.seconds), None)
        median = statistics.median(one.seconds)
        peak = f"{statistics.median(one.peaks):.0f}" if statistics.median(one.peaks) else ""
        ratio = "1" if own is one or own is None else spread(ratios(own, one), "{:.2f}")
        lines.append(f"| {one.work} | {one.tool}{' · ' + one.note if one.note else ''} | {spread(one.seconds, '{:.2f}')} | {one.megabytes / median:.0f} "
                     f"| {one.rows / median / 1000:.0f} | {peak} | {ratio} |")
    return "\n".join(lines)
