"""How accessible pages are (WCAG 2.2 AA): axe-core in Chromium, light and dark, narrow and wide; and whether any is wider than the window."""

import functools
import http.server
import pathlib
import sys
import threading

import axe_playwright_python
from playwright.sync_api import sync_playwright

AXE = next(pathlib.Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def served(folder):
    handler = functools.partial(Quiet, directory=folder)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def faults(page):
    found = ["is wider than the window"] if page.evaluate(WIDER) else []
    page.evaluate(AXE)
    result = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
    return found + [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in result["violations"]]


def check(browser, folder):
    root, wrong, number = served(folder), 0, 0
    pages = [str(page.relative_to(folder)) for page in sorted(pathlib.Path(folder).rglob("*.html"))]
    assert pages, f"no pages in {folder}"
    for scheme in ("light", "dark"):
        for width in (360, 1280):
            # Axe is a script, and pages of ours run none.
            window = {"width": width, "height": 800}
            context = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport=window)
            page = context.new_page()
            for path in pages:
                # Of the search with what it finds.
                page.goto(root + path + ("?q=example" if "search/" in path else ""), wait_until="load")
                for fault in faults(page):
                    print(f"{path} ({scheme}, {width} px): {fault}")
                    wrong += 1
                number += 1
            context.close()
    assert not wrong, f"{wrong} faults in {folder}"
    print(f"{number} views of pages in {folder}: accessible")


with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=sys.argv[1], args=["--no-sandbox"])
    for folder in sys.argv[2:]:
        check(browser, folder)
