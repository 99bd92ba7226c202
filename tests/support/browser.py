# SPDX-License-Identifier: Apache-2.0
"""A headless Chromium, driven over WebDriver by the chromedriver that comes with it; only Python's own library is needed."""
import base64
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request


def leave_without():
    """Ends a test with 125, skipped, where no Chromium is installed."""
    lacking = [name for name in ("chromium", "chromedriver") if shutil.which(name) is None]
    if lacking:
        print(f"no {' and no '.join(lacking)} (scripts/install-deps all installs Debian's chromium and chromium-driver)")
        raise SystemExit(1 if os.environ.get("FSIM_NO_SKIP") == "1" else 125)


class Browser:
    """One window. Ends, with its profile folder, by `close`."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="fsim-chromium-")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
        with open(pathlib.Path(self.folder, "driver.log"), "wb") as log:
            self.driver = subprocess.Popen([shutil.which("chromedriver"), f"--port={port}"], stdin=subprocess.DEVNULL,
                                           stdout=log, stderr=log, env={**environment, "HOME": self.folder})
        self.open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
        self.session = None
        try:
            self._wait()
            # --no-sandbox: in a container, as root, there is none; nothing but our own page is opened.
            options = {"binary": shutil.which("chromium"), "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                f"--user-data-dir={self.folder}/profile", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]}
            self.session = self._call("POST", "/session", {"capabilities": {"alwaysMatch": {
                "browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}}})["sessionId"]
        except BaseException:
            self.close()
            raise

    def _wait(self):
        deadline = time.monotonic() + 30
        while True:
            try:
                return self._call("GET", "/status")
            except OSError:
                if time.monotonic() > deadline or self.driver.poll() is not None:
                    raise
                time.sleep(0.05)

    def _call(self, method, path, content=None):
        data = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(self.address + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with self.open(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{path}: {error.read().decode(errors='replace')[:600]}") from None

    def _here(self, path, content=None, method="POST"):
        return self._call(method, f"/session/{self.session}{path}", content)

    def visit(self, url):
        """Opens a page; returns when it has loaded."""
        self._here("/url", {"url": url})

    def run(self, script, *arguments):
        """Runs a script in the page and gives what it returns."""
        return self._here("/execute/sync", {"script": script, "args": list(arguments)})

    def devtools(self, command, **parameters):
        return self._here("/goog/cdp/execute", {"cmd": command, "params": parameters})

    def log(self):
        """What the console has shown since the last time: errors, warnings and messages."""
        return [f"{entry['level']}: {entry['message']}" for entry in self._here("/se/log", {"type": "browser"})]

    def look(self, width, height, dark=False, phone=False):
        """The size of the window and the colours that the user prefers."""
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone)
        self.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])

    def type(self, selector, text):
        """Types into an element, as a user would."""
        found = self._here("/element", {"using": "css selector", "value": selector})
        self._here(f"/element/{next(iter(found.values()))}/value", {"text": text})

    def click(self, selector):
        found = self._here("/element", {"using": "css selector", "value": selector})
        self._here(f"/element/{next(iter(found.values()))}/click", {})

    def screenshot(self, path, whole=False):
        picture = self.devtools("Page.captureScreenshot", captureBeyondViewport=whole)["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(picture))

    def pdf(self, path):
        pathlib.Path(path).write_bytes(base64.b64decode(self.devtools("Page.printToPDF", printBackground=True)["data"]))

    def close(self):
        try:
            if self.session is not None:
                self._here("", method="DELETE")
        finally:
            self.driver.terminate()
            self.driver.wait(30)
            shutil.rmtree(self.folder, ignore_errors=True)
