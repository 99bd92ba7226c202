#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the sources to the layers of ARCHITECTURE.md and to the house rules a machine can check.

    scripts/check_layers.py [-v] [ROOT]

Checks: a file includes its own folder and lower layers only; siblings never include each other; a
third-party header stays in the folders it is allowed in; the pure folders touch no clock, randomness,
environment or screen; each folder's CMakeLists.txt links exactly what its files include, downwards,
and lists every source; no file is over 500 lines (-v names those over 150); SPDX first. Prints each
fault as FILE:LINE: what, and exits 1 when there is one.
"""
import argparse
import pathlib
import re
import sys

# From the bottom up; folders of one row are siblings.
LAYERS = [
    ["base"],
    ["core"],
    ["protocol"],
    ["connectors", "fixtures", "rules", "destinations", "reporters", "engine"],
    ["workflows"],
    ["cli"],
]
RANK = {folder: rank for rank, row in enumerate(LAYERS) for folder in row}
ABOVE_CORE = {folder for folder, rank in RANK.items() if rank > RANK["core"]}

# Third-party library: its headers, its CMake targets, the folders that may use it.
THIRD_PARTY = {
    "tl::expected": (r"tl/expected\.hpp", r"tl::expected", {"base", "core"}),
    "simdjson": (r"simdjson.*", r"simdjson::.*", {"protocol"}),
    "nlohmann": (r"nlohmann/.*", r"nlohmann_json::.*", ABOVE_CORE),
    "fmt": (r"fmt/.*", r"fmt::.*", ABOVE_CORE | {"base"}),
    "curl": (r"curl/.*", r"CURL::.*", {"base"}),
    "OpenSSL": (r"openssl/.*", r"OpenSSL::.*", {"base"}),
    "SQLite": (r"sqlite3.*", r"SQLite::.*", {"destinations"}),
    "CLI11": (r"CLI/.*", r"CLI11::.*", {"cli"}),
    "toml++": (r"toml\+\+/.*|toml\.hpp", r"tomlplusplus::.*", {"cli"}),
}
OWN_TARGETS = {"fsim_settings", "Threads::Threads"}

# Folders that are pure functions of their arguments, and what would make them impure.
PURE = {"core", "protocol", "rules"}
IMPURE = [
    (re.compile(r"\b(system|steady|high_resolution)_clock::now\b"), "reads a clock"),
    (re.compile(r"\b(getenv|secure_getenv|setenv)\s*\("), "reads the environment"),
    (re.compile(r"\brandom_device\b|\bs?rand\s*\("), "draws random numbers"),
    (re.compile(r"#\s*include\s*<(fstream|sys/[a-z_]+\.h|unistd\.h|fcntl\.h|thread|random)>"), "reaches outside"),
]
PRINTS = re.compile(r"\bstd::(cout|cerr|clog)\b|\b(std::)?(printf|puts|fputs|fprintf)\s*\(")
MAY_PRINT = re.compile(r"^src/(main\.cpp$|reporters/|cli/|base/(log|terminal)[_.])")

MAX_LINES, LONG_LINES = 500, 150
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


class Check:
    def __init__(self, root):
        self.root = root
        self.faults = []
        self.long_files = []
        self.includes = {}  # folder -> {folder or third-party name: the first file:line}
        self.links = {}  # folder -> {folder or third-party name: file:line}

    def fault(self, where, what):
        self.faults.append(f"{where}: {what}")

    def name(self, path):
        return path.relative_to(self.root).as_posix()

    # Sources ------------------------------------------------------------------------------------

    def check_sources(self):
        for path in sorted((self.root / "src").rglob("*")):
            if path.suffix not in {".cpp", ".hpp"}:
                continue
            folder = path.relative_to(self.root / "src").parts[0]
            lines = path.read_text(encoding="utf-8").splitlines()
            if path.parent != self.root / "src":  # main.cpp stands above all layers
                if folder not in RANK:
                    self.fault(self.name(path), f"folder {folder} is in no layer")
                    continue
                self.check_includes(path, folder, lines)
            self.check_purity(path, folder, lines)

    def check_includes(self, path, folder, lines):
        for number, line in enumerate(lines, 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            where, (quote, target) = f"{self.name(path)}:{number}", match.groups()
            if quote == '"':
                self.check_own_include(where, folder, target)
            else:
                self.check_third_party(where, folder, target)

    def check_own_include(self, where, folder, target):
        other = target.split("/")[0]
        if other == "embedded":  # made by fsim_embed for this folder's target
            return
        if "/" not in target or other not in RANK:
            self.fault(where, f'"{target}" is not a path from src/')
            return
        if other != folder:
            if RANK[other] > RANK[folder]:
                self.fault(where, f"{folder} includes {other}, a layer above it")
            elif RANK[other] == RANK[folder]:
                self.fault(where, f"{folder} includes its sibling {other}")
            self.includes.setdefault(folder, {}).setdefault(other, where)
        if not (self.root / "src" / target).is_file():
            self.fault(where, f'"{target}" does not exist')

    def check_third_party(self, where, folder, target):
        for library, (headers, _, allowed) in THIRD_PARTY.items():
            if re.fullmatch(headers, target):
                if folder not in allowed:
                    self.fault(where, f"{folder} may not include {library} (only {', '.join(sorted(allowed))})")
                self.includes.setdefault(folder, {}).setdefault(library, where)
                return
        if "/" in target and not re.match(r"(sys|net|netinet|arpa|linux|mach|mach-o)/", target):
            self.fault(where, f"<{target}> is of no library that scripts/check_layers.py knows")

    def check_purity(self, path, folder, lines):
        may_print = MAY_PRINT.match(self.name(path))
        for number, line in enumerate(lines, 1):
            code = line.split("//")[0]
            where = f"{self.name(path)}:{number}"
            if not may_print and PRINTS.search(code) and "snprintf" not in code:
                self.fault(where, "prints: only reporters, cli, base/log and base/terminal do")
            if folder in PURE:
                for pattern, what in IMPURE:
                    if pattern.search(code):
                        self.fault(where, f"{what}: it comes into {folder} as an argument")

    # CMake --------------------------------------------------------------------------------------

    def check_cmake(self):
        for folder in sorted(RANK):
            lists = self.root / "src" / folder / "CMakeLists.txt"
            if not (self.root / "src" / folder).is_dir():
                continue
            if not lists.is_file():
                self.fault(f"src/{folder}", "has no CMakeLists.txt")
                continue
            text = re.sub(r"#.*", "", lists.read_text(encoding="utf-8"))
            words = set(re.findall(r"[\w.:+/-]+", text))
            if not re.search(rf"fsim_library\(\s*{folder}\b", text):
                self.fault(self.name(lists), f"does not define fsim_library({folder} …)")
            self.check_listed_sources(folder, lists, text, words)
            self.check_links(folder, lists, words)
        self.check_links_against_includes()

    def check_listed_sources(self, folder, lists, text, words):
        if re.search(r"\bGLOB", text):
            return
        for path in sorted((self.root / "src" / folder).rglob("*.cpp")):
            if path.relative_to(lists.parent).as_posix() not in words:
                self.fault(self.name(lists), f"does not list {path.relative_to(lists.parent).as_posix()}")

    def check_links(self, folder, lists, words):
        found = self.links.setdefault(folder, {})
        for word in words:
            if word.startswith("fsim_") and word[5:] in RANK and word[5:] != folder:
                other = word[5:]
                if RANK[other] >= RANK[folder]:
                    kind = "a layer above it" if RANK[other] > RANK[folder] else "its sibling"
                    self.fault(self.name(lists), f"{folder} links {word}, {kind}")
                found[other] = self.name(lists)
            elif "::" in word and word not in OWN_TARGETS:
                for library, (_, targets, allowed) in THIRD_PARTY.items():
                    if re.fullmatch(targets, word):
                        if folder not in allowed:
                            self.fault(self.name(lists), f"{folder} may not link {library}")
                        found[library] = self.name(lists)
                        break
                else:
                    self.fault(self.name(lists), f"{word} is of no library that scripts/check_layers.py knows")

    def reachable(self, folder):
        seen, open_ = set(), [folder]
        while open_:
            for other in self.links.get(open_.pop(), {}):
                if other in RANK and other not in seen:
                    seen.add(other)
                    open_.append(other)
        return seen

    def check_links_against_includes(self):
        for folder, included in self.includes.items():
            if folder not in self.links:
                continue
            layers = self.reachable(folder)
            libraries = set(self.links[folder])
            for other in layers:
                libraries |= set(self.links.get(other, {})) & {"tl::expected"}
            for target, where in included.items():
                if target not in (layers if target in RANK else libraries):
                    self.fault(where, f"includes {target}, but src/{folder}/CMakeLists.txt does not link it")
        for folder, linked in self.links.items():
            for target, where in linked.items():
                if target in THIRD_PARTY and target not in self.includes.get(folder, {}):
                    self.fault(where, f"links {target}, but no file of {folder} includes it")

    # All files ----------------------------------------------------------------------------------

    def check_files(self):
        roots = ["src", "tests", "scripts", "fixtures", ".ci"]
        for path in sorted(p for r in roots for p in (self.root / r).rglob("*") if p.is_file()):
            if any(part in {"node_modules", "__pycache__", "corpus"} for part in path.parts):
                continue
            shebang = path.suffix == "" and path.open("rb").read(2) == b"#!"
            if path.suffix not in {".cpp", ".hpp", ".py", ".js", ".mjs", ".sh"} and not shebang:
                continue
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            first = lines[1:2] if lines and lines[0].startswith("#!") else lines[:1]
            generated_sample = "tests/rules" in self.name(path)
            if not generated_sample and not (first and "SPDX-License-Identifier: Apache-2.0" in first[0]):
                self.fault(f"{self.name(path)}:1", "does not begin with the SPDX line")
            if len(lines) > MAX_LINES:
                self.fault(self.name(path), f"has {len(lines)} lines, over {MAX_LINES}: split it")
            elif len(lines) > LONG_LINES:
                self.long_files.append((len(lines), self.name(path)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("root", nargs="?", default=pathlib.Path(__file__).resolve().parent.parent, type=pathlib.Path)
    parser.add_argument("-v", "--verbose", action="store_true", help=f"also name files over {LONG_LINES} lines")
    arguments = parser.parse_args()
    check = Check(arguments.root.resolve())
    check.check_sources()
    check.check_cmake()
    check.check_files()
    for fault in check.faults:
        print(fault)
    if arguments.verbose:
        for lines, name in sorted(check.long_files, reverse=True):
            print(f"note: {name} has {lines} lines")
    return 1 if check.faults else 0


if __name__ == "__main__":
    sys.exit(main())
