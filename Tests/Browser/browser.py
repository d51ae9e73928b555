"""Real headless Chromium, with what the tests ask of it."""

import os
import time

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

# Notes when something first holds on the page, to the millisecond, without asking from outside.
WATCH = """
window.shownAt = null;
const holds = new Function('return ' + arguments[0]);
const look = () => { if (window.shownAt === null && holds()) window.shownAt = Date.now(); };
window.watching && window.watching.disconnect();
window.watching = new MutationObserver(look);
window.watching.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
const host = document.querySelector('gongkai-preview');
if (host) window.watching.observe(host.shadowRoot, {subtree: true, childList: true, attributes: true, characterData: true});
"""


class Browser:
    def __init__(self, width=1280, height=900):
        options = Options()
        options.binary_location = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=zh-CN",
                     "--hide-scrollbars"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(
            service=Service(os.environ.get("CHROMEDRIVER", "/usr/bin/chromedriver")), options=options)
        self.resize(width, height)

    def resize(self, width, height):
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def open(self, address):
        self.driver.get(address)
        self.until("document.documentElement.dataset.gongkaiShown")

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def value(self, expression):
        return self.run("return " + expression)

    def until(self, expression, seconds=10):
        """Waits until something holds on the page."""
        end = time.time() + seconds
        while True:
            value = self.value(expression)
            if value:
                return value
            if time.time() > end:
                raise AssertionError("does not come true on the page: " + expression)
            time.sleep(0.02)

    def watch(self, expression):
        self.run(WATCH, expression)

    def shown(self, seconds=10):
        """The moment at which what is watched for came true."""
        return self.until("window.shownAt", seconds) / 1000

    def listed(self):
        """The findings in the list, each as grade, message and place."""
        return self.value("""[...document.querySelector('gongkai-preview').shadowRoot.querySelectorAll('.list .finding')]
          .map(item => [item.querySelector('.grade').textContent,
            item.querySelector('.message').lastChild.textContent, item.querySelector('.where').textContent])""")

    def notice(self):
        """The notice over the page, or None."""
        return self.value("""(notice => notice.hidden ? null : notice.innerText)
          (document.querySelector('gongkai-preview').shadowRoot.querySelector('.notice'))""")

    def text(self):
        """What the page itself says, without the marks."""
        return self.run("""const main = document.querySelector('main').cloneNode(true);
          main.querySelectorAll('.gongkai-badge').forEach(node => node.remove());
          return main.textContent""")

    def marks(self, grade="error"):
        return self.value(f"[...document.querySelectorAll('.gongkai-{grade}')].map(node => node.dataset.place)")

    def complaints(self):
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]

    def requested(self):
        return self.value("performance.getEntriesByType('resource').map(entry => entry.name)")

    def picture(self, path):
        self.driver.save_screenshot(path)

    def quit(self):
        self.driver.quit()
