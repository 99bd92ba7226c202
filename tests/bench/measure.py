# SPDX-License-Identifier: Apache-2.0
"""Runs whole processes and measures them; medians, spread and ratios of interleaved rounds."""
import contextlib
import dataclasses
import os
import pathlib
import resource
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
    cpu: float  # of the process and its children, all threads
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
        before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        try:
            process = subprocess.Popen([str(word) for word in command], stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                                       cwd=cwd, env=base | (environment or {}))
        except OSError as error:
            raise Failed(f"{command[0]}: {error}") from error
        peak = peak_memory_mb(process)
        seconds = time.perf_counter() - begin
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if process.returncode not in expected:
            output.seek(0)
            text = output.read().decode(errors="replace").strip()
            raise Failed(f"{pathlib.Path(str(command[0])).name} exited with {process.returncode}: {text[-400:]}")
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Run(seconds, cpu, peak if command[0] != "bash" else 0)  # of a pipeline it would be the shell's


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
    cpu: list = dataclasses.field(default_factory=list)
    peaks: list = dataclasses.field(default_factory=list)
    note: str = ""

    def add(self, measured):
        self.seconds.append(measured.seconds)
        self.cpu.append(measured.cpu)
        self.peaks.append(measured.peak_mb)

    def as_json(self):
        return {"work": self.work, "tool": self.tool, "megabytes": round(self.megabytes, 2), "rows": self.rows,
                "seconds": [round(s, 4) for s in self.seconds], "cpu_seconds": [round(s, 4) for s in self.cpu], "peak_mb": [round(p, 1) for p in self.peaks], "note": self.note}


def ratios(own, other, what="seconds"):
    """How many times what `own` takes for a row the other takes, round by round: neighbours in time only are compared."""
    return [(theirs / other.rows) / (ours / own.rows) for ours, theirs in zip(getattr(own, what), getattr(other, what)) if ours]


def row_of(one, own):
    name = f"{one.tool} · {one.note}" if one.note else one.tool
    if not one.seconds:
        return f"| {one.work} | {name.replace(' · ', ': not measured: ', 1)} | | | | | | |"
    median, cpu, peak = (statistics.median(values) for values in (one.seconds, one.cpu, one.peaks))
    times = ["1", "1"] if own is one or own is None else [spread(ratios(own, one), "{:.2f}"), f"{statistics.median(ratios(own, one, 'cpu') or [0]):.2f}"]
    cells = [one.work, name, spread(one.seconds, "{:.2f}"), f"{cpu:.2f}", f"{one.megabytes / median:.0f}", f"{one.rows / median / 1000:.0f}",
             f"{peak:.0f}" if peak else "", *times]
    return f"| {' | '.join(cells)} |"


def table(series, own_name):
    """Markdown: a line a tool and piece of work; the ratios are to the program's series of the same work, of whole and of processor time."""
    lines = ["| work | tool | s | CPU s | MB/s | krows/s | peak MB | × our time | × our CPU |", "|---|---|---|---|---|---|---|---|---|"]
    lines += [row_of(one, next((s for s in series if s.work == one.work and s.tool == own_name and s.seconds), None)) for one in series]
    return "\n".join(lines)
