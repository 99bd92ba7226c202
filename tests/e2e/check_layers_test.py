# SPDX-License-Identifier: Apache-2.0
"""scripts/check_layers.py finds what it promises to find, on small trees made for it, and nothing in a good one."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "check_layers.py"
SPDX = "// SPDX-License-Identifier: Apache-2.0\n"

GOOD = {
    "src/base/CMakeLists.txt": "fsim_library(base\n  SOURCES text.cpp\n  PUBLIC_LINKS tl::expected\n  LINKS fmt::fmt)\n",
    "src/base/text.hpp": SPDX + "#pragma once\n#include <string>\n#include <tl/expected.hpp>\n",
    "src/base/text.cpp": SPDX + '#include "base/text.hpp"\n#include <fmt/format.h>\n',
    "src/core/CMakeLists.txt": "fsim_library(core\n  SOURCES value.cpp\n  PUBLIC_LINKS fsim_base)\n",
    "src/core/value.hpp": SPDX + '#pragma once\n#include "base/text.hpp"\n',
    "src/core/value.cpp": SPDX + '#include "core/value.hpp"\n',
    "src/rules/CMakeLists.txt": "fsim_library(rules\n  SOURCES rules.cpp\n  PUBLIC_LINKS fsim_core)\n",
    "src/rules/rules.cpp": SPDX + '#include "base/text.hpp"\n#include "core/value.hpp"\n',
    "src/engine/CMakeLists.txt": "fsim_library(engine\n  SOURCES engine.cpp\n  PUBLIC_LINKS fsim_core)\n",
    "src/engine/engine.hpp": SPDX + '#pragma once\n#include "core/value.hpp"\n',
    "src/engine/engine.cpp": SPDX + '#include "engine/engine.hpp"\n',
}


class CheckLayersTest(unittest.TestCase):
    def check(self, changes):
        """The exit code and the faults for the good tree with `changes` laid over it."""
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in {**GOOD, **changes}.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text, encoding="utf-8")
            done = subprocess.run([sys.executable, SCRIPT, root], capture_output=True, text=True, check=False)
            self.assertEqual(done.stderr, "")
            return done.returncode, done.stdout.splitlines()

    def assert_one_fault(self, changes, *parts):
        code, faults = self.check(changes)
        self.assertEqual((code, len(faults)), (1, 1), faults)
        for part in parts:
            self.assertIn(part, faults[0])

    def test_a_good_tree_passes_in_silence(self):
        self.assertEqual(self.check({}), (0, []))

    def test_an_include_of_a_higher_layer(self):
        code, faults = self.check({"src/core/value.cpp": SPDX + '#include "engine/engine.hpp"\n'})
        self.assertEqual(code, 1)
        self.assertIn("src/core/value.cpp:2: core includes engine, a layer above it", faults)

    def test_an_include_of_a_sibling(self):
        code, faults = self.check({"src/rules/rules.cpp": SPDX + '#include "engine/engine.hpp"\n'})
        self.assertEqual(code, 1)
        self.assertIn("src/rules/rules.cpp:2: rules includes its sibling engine", faults)

    def test_a_link_to_a_sibling_or_upwards(self):
        self.assert_one_fault({"src/rules/CMakeLists.txt": "fsim_library(rules SOURCES rules.cpp PUBLIC_LINKS fsim_core fsim_engine)"},
                              "rules links fsim_engine, its sibling")
        self.assert_one_fault({"src/base/CMakeLists.txt": GOOD["src/base/CMakeLists.txt"].replace("fmt::fmt", "fmt::fmt fsim_core")},
                              "base links fsim_core, a layer above it")

    def test_an_include_without_a_link(self):
        self.assert_one_fault({"src/rules/CMakeLists.txt": "fsim_library(rules SOURCES rules.cpp PUBLIC_LINKS fsim_base)"},
                              "includes core, but src/rules/CMakeLists.txt does not link it")

    def test_a_third_party_header_in_the_wrong_folder(self):
        code, faults = self.check({"src/rules/rules.cpp": SPDX + "#include <sqlite3.h>\n"})
        self.assertEqual(code, 1)
        self.assertIn("rules may not include SQLite (only destinations)", faults[0])

    def test_core_takes_no_third_party_header_but_expected(self):
        code, faults = self.check({"src/core/value.cpp": SPDX + "#include <fmt/format.h>\n"})
        self.assertEqual(code, 1)
        self.assertIn("core may not include fmt", faults[0])
        self.assertEqual(self.check({"src/core/value.cpp": SPDX + "#include <tl/expected.hpp>\n"}), (0, []))

    def test_a_library_nobody_knows(self):
        self.assert_one_fault({"src/engine/engine.cpp": SPDX + "#include <boost/asio.hpp>\n"}, "<boost/asio.hpp> is of no library")

    def test_a_link_that_nothing_needs(self):
        self.assert_one_fault({"src/engine/CMakeLists.txt": "fsim_library(engine SOURCES engine.cpp PUBLIC_LINKS fsim_core LINKS fmt::fmt)"},
                              "links fmt, but no file of engine includes it")

    def test_a_source_that_is_not_built(self):
        self.assert_one_fault({"src/engine/forgotten.cpp": SPDX}, "src/engine/CMakeLists.txt: does not list forgotten.cpp")

    def test_an_include_that_is_no_path_from_src(self):
        self.assert_one_fault({"src/engine/engine.cpp": SPDX + '#include "../core/value.hpp"\n'}, "is not a path from src/")
        self.assert_one_fault({"src/engine/engine.cpp": SPDX + '#include "core/nowhere.hpp"\n'}, '"core/nowhere.hpp" does not exist')

    def test_a_clock_in_a_pure_folder(self):
        self.assert_one_fault({"src/core/value.cpp": SPDX + "auto t = std::chrono::system_clock::now();\n"}, "reads a clock")
        self.assertEqual(self.check({"src/engine/engine.cpp": SPDX + "auto t = std::chrono::system_clock::now();\n"}), (0, []))

    def test_output_outside_the_reporters(self):
        self.assert_one_fault({"src/engine/engine.cpp": SPDX + 'void f() { std::cout << "x"; }\n'}, "prints")
        self.assertEqual(self.check({"src/base/text.cpp": GOOD["src/base/text.cpp"] + "// std::cout is not used\n"}), (0, []))

    def test_a_file_over_500_lines(self):
        self.assert_one_fault({"src/engine/engine.hpp": SPDX + "#pragma once\n" * 500}, "has 501 lines, over 500")
        self.assertEqual(self.check({"src/engine/engine.hpp": SPDX + "#pragma once\n" * 499}), (0, []))

    def test_the_licence_line(self):
        self.assert_one_fault({"src/engine/engine.hpp": "#pragma once\n"}, "src/engine/engine.hpp:1: does not begin with the SPDX line")
        self.assert_one_fault({"scripts/tool": "#!/bin/sh\necho\n"}, "scripts/tool:1: does not begin with the SPDX line")
        self.assertEqual(self.check({"scripts/tool": "#!/bin/sh\n# SPDX-License-Identifier: Apache-2.0\n"}), (0, []))


if __name__ == "__main__":
    unittest.main()
