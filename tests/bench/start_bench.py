# SPDX-License-Identifier: Apache-2.0
"""What a start costs: --version and check of a small file beside an empty program with the same libraries."""
import subprocess

import measure
import pages

EMPTY = "empty program, same libraries"


def libraries(program):
    found = subprocess.run(["ldd", program], capture_output=True, text=True, check=False).stdout
    return {line.split()[0] for line in found.splitlines() if "=>" in line}


def difference(programs):
    """The linker leaves out of the program what it never calls; the empty program has it all the same."""
    try:
        ours, empty = libraries(programs["fivetran-sim"]), libraries(programs["empty_program"])
    except OSError:
        return ""  # no ldd here
    more = f", and {', '.join(sorted(empty - ours))} more in the empty one" if empty - ours else ""
    return f"{len(ours & empty)} shared libraries in both{more}."


def run(programs, folder, rounds):
    small = folder / "small.json"
    small.write_bytes(pages.response(1, ",".join(pages.page_rows(700)), False))
    commands = {EMPTY: [programs["empty_program"]], "fivetran-sim --version": [programs["fivetran-sim"], "--version"],
                f"fivetran-sim check, {small.stat().st_size} bytes": [programs["fivetran-sim"], "check", "--quiet", small]}
    series = [measure.Series("start", name, small.stat().st_size / 1e6, 1) for name in commands]
    for _ in range(rounds):
        for one, command in zip(series, commands.values()):
            one.add(measure.run(command, cwd=folder))
    return series


def table(series, note):
    lines = ["| command | ms | CPU ms | × the empty program | × its CPU |", "|---|---|---|---|---|"]
    for one in series:
        milliseconds = measure.spread([s * 1000 for s in one.seconds], "{:.1f}")
        cpu = measure.spread([s * 1000 for s in one.cpu], "{:.1f}")
        times = [measure.spread(measure.ratios(series[0], one, what), "{:.2f}") for what in ("seconds", "cpu")]
        lines.append(f"| {' | '.join([one.tool, milliseconds, cpu, *times])} |")
    return "\n".join(lines) + f"\n\n{note}"
