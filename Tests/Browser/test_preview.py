"""The preview in a real browser: edit a file, and see the open page follow."""

import os
import pathlib
import signal
import statistics
import time
import unittest
import urllib.request

from browser import Browser
from served_site import PROJECT, ServedSite

UNIT = "yantian-zgh/2022/budget"
TABLE = f"content/{UNIT}/收支总表.csv"
NARRATIVE = f"content/{UNIT}/narrative.md"
RIGHT, WRONG = '收入总计,"1,273.52"', '收入总计,"1,273.25"'
CELL = "[data-place='收支总表.csv:20:7']"

SHADOW = "document.querySelector('gongkai-preview').shadowRoot"


class PreviewTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.site = ServedSite()
        cls.browser = Browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()
        cls.site.remove()

    def setUp(self):
        self.browser.resize(1280, 900)
        self.page = f"{self.site.address}/{UNIT}/index.html"
        self.browser.open(self.page)
        self.browser.until(f"{SHADOW}.querySelectorAll('.list .finding.error').length === 0")
        self.browser.run("sessionStorage.clear(); window.survives = 'yes'")

    def tearDown(self):
        self.site.reset()
        self.assertEqual(self.browser.complaints(), [])
        for address in self.browser.requested():
            self.assertTrue(address.startswith((self.site.address + "/", "data:")), address)

    def assert_not_reloaded(self):
        self.assertEqual(self.browser.value("window.survives"), "yes")

    def scroll_to_table(self):
        self.browser.run(f"document.querySelector({CELL!r}).scrollIntoView({{block: 'center', behavior: 'instant'}})")
        return self.browser.value("scrollY")

    def test_a_sum_that_breaks_is_marked_at_its_cell_until_it_is_mended(self):
        browser, site = self.browser, self.site
        self.assertEqual(browser.marks(), [])
        before = self.scroll_to_table()
        site.replace(TABLE, RIGHT, WRONG)
        browser.until(f"document.querySelector({CELL!r}).matches('.gongkai-error')")
        self.assertEqual(browser.value(f"document.querySelector({CELL!r}).querySelector('data').textContent"), "1,273.25")
        self.assertEqual(browser.marks(), ["收支总表.csv:20:7"])
        badge = f"document.querySelector({CELL!r}).querySelector('button.gongkai-badge')"
        self.assertIn("收入总计 1,273.25，分项之和 1,273.52", browser.value(badge + ".getAttribute('aria-label')"))
        self.assertIn(["错误", "收入总计 1,273.25，分项之和 1,273.52，相差 0.27（万元）", TABLE + ":20:7"], browser.listed())
        self.assertEqual(browser.value("scrollY"), before)
        # By the keyboard its words come to sight.
        browser.run(badge + ".focus()")
        tip = SHADOW + ".querySelector('.tip')"
        self.assertIn("相差 0.27", browser.value(tip + ".innerText"))
        site.replace(TABLE, WRONG, RIGHT)
        browser.until("document.querySelectorAll('.gongkai-error').length === 0")
        self.assertFalse(any(grade == "错误" for grade, _, _ in browser.listed()))
        self.assertEqual(browser.value(f"document.querySelector({CELL!r}).textContent"), "1,273.52")
        self.assertEqual(browser.value("scrollY"), before)
        self.assert_not_reloaded()

    def test_the_list_leads_to_the_figure_and_stays_open_from_page_to_page(self):
        browser, site = self.browser, self.site
        site.replace(TABLE, RIGHT, WRONG)
        browser.until("document.querySelectorAll('.gongkai-error').length === 1")
        browser.run(SHADOW + ".querySelector('.toggle').click()")
        browser.run(SHADOW + ".querySelector('.list .finding.error .go').click()")
        browser.until(f"(box => box.top > 0 && box.bottom < innerHeight)(document.querySelector({CELL!r}).getBoundingClientRect())")
        browser.open(site.address + "/")
        self.assertFalse(browser.value(SHADOW + ".querySelector('.list').hidden"))
        self.assertEqual(
            browser.value(SHADOW + ".querySelector('.list .finding.error a.go').getAttribute('href')"),
            f"/{UNIT}/index.html")
        browser.run(SHADOW + ".querySelector('.toggle').click()")
        site.replace(TABLE, WRONG, RIGHT)
        browser.until(f"{SHADOW}.querySelectorAll('.list .finding.error').length === 0")

    def test_what_cannot_be_built_shows_its_faults_over_the_last_good_page(self):
        browser, site = self.browser, self.site
        good = browser.text()
        before = self.scroll_to_table()
        site.replace(TABLE, RIGHT, '收入总计,"1,273.52')
        notice = browser.until(f"(node => !node.hidden && node.innerText)({SHADOW}.querySelector('.notice'))")
        self.assertIn("这份文件现在不能生成网页，下面是上次的样子", notice)
        self.assertIn(TABLE + ":20", notice)
        self.assertEqual(browser.text(), good)
        site.replace(TABLE, '收入总计,"1,273.52', RIGHT)
        browser.until(f"{SHADOW}.querySelector('.notice').hidden")
        self.assertEqual(browser.text(), good)
        self.assertEqual(browser.value("scrollY"), before)
        self.assert_not_reloaded()

    def test_the_text_follows_and_the_reader_stays_where_she_was(self):
        browser, site = self.browser, self.site
        text = site.read(NARRATIVE)
        self.scroll_to_table()
        top = browser.value(f"document.querySelector({CELL!r}).getBoundingClientRect().top")
        site.write_by_renaming(NARRATIVE, text.replace("# 部门概况\n", "# 部门概况\n\n新的一段，说明今年的变化。\n", 1))
        browser.until("[...document.querySelectorAll('p')].some(node => node.textContent.startsWith('新的一段'))")
        self.assertAlmostEqual(browser.value(f"document.querySelector({CELL!r}).getBoundingClientRect().top"), top, delta=2)
        site.write_by_renaming(NARRATIVE, text)
        browser.until("![...document.querySelectorAll('p')].some(node => node.textContent.startsWith('新的一段'))")
        self.assertAlmostEqual(browser.value(f"document.querySelector({CELL!r}).getBoundingClientRect().top"), top, delta=2)
        self.assert_not_reloaded()

    def test_a_formula_without_an_answer_is_marked_at_its_paragraph(self):
        browser, site = self.browser, self.site
        text = site.read(NARRATIVE)
        site.write(NARRATIVE, text + "\n又一段，写着 {{ 收支总表[没有这一行] }}。\n")
        browser.until("document.querySelectorAll('p.gongkai-error').length === 1")
        self.assertIn("又一段", browser.value("document.querySelector('p.gongkai-error').textContent"))
        site.write(NARRATIVE, text)
        browser.until("document.querySelectorAll('.gongkai-error').length === 0")
        self.assert_not_reloaded()

    def test_what_is_open_scrolled_and_in_focus_stays_so(self):
        browser, site = self.browser, self.site
        browser.resize(600, 900)
        browser.run("""
          const scroller = [...document.querySelectorAll('.table-scroll')].find(node => node.scrollWidth > node.clientWidth + 40);
          scroller.scrollLeft = 40; scroller.dataset.mine = 'yes'; window.scroller = scroller; scroller.focus({preventScroll: true});""")
        site.replace(TABLE, RIGHT, WRONG)
        browser.until("document.querySelectorAll('.gongkai-error').length === 1")
        self.assertEqual(browser.value("window.scroller.isConnected && window.scroller.scrollLeft"), 40)
        self.assertTrue(browser.value("document.activeElement === window.scroller"))
        site.replace(TABLE, WRONG, RIGHT)
        browser.until("document.querySelectorAll('.gongkai-error').length === 0")
        self.assert_not_reloaded()

    def test_the_theme_follows_without_a_reload(self):
        browser, site = self.browser, self.site
        css = (PROJECT / "Themes/standard/assets/site.css").read_text(encoding="utf-8")
        site.write("Themes/standard/assets/site.css", css + "\nh1 { color: rgb(1, 2, 3); }\n")
        browser.until("getComputedStyle(document.querySelector('h1')).color === 'rgb(1, 2, 3)'")
        site.write("Themes/standard/assets/site.css", css)
        browser.until("getComputedStyle(document.querySelector('h1')).color !== 'rgb(1, 2, 3)'")
        self.assert_not_reloaded()

    def test_a_new_disclosure_appears(self):
        browser, site = self.browser, self.site
        browser.open(site.address + "/")
        browser.run("window.survives = 'yes'")
        site.write("content/jiaoyuju/unit.yaml", "name: 示例县教育局\nregion: 湖南省/长沙市/示例县\n")
        folder = "content/jiaoyuju/2022/performance-targets/"
        recipe = (PROJECT / "content/wangcheng-zgh/2022/performance-targets")
        for path in sorted(recipe.iterdir()):
            text = path.read_text(encoding="utf-8")
            site.write(folder + path.name, text)
        browser.until("document.querySelector('main').innerText.includes('示例县教育局')")
        self.assert_not_reloaded()
        with urllib.request.urlopen(f"{site.address}/jiaoyuju/2022/performance-targets/") as answer:
            self.assertEqual(answer.status, 200)

    def test_an_address_that_leads_nowhere_is_told_with_the_sites_own_page(self):
        browser, site = self.browser, self.site
        browser.open(f"{site.address}/{UNIT}/nothing.html")
        self.assertIn("找不到", browser.value("document.querySelector('h1').textContent"))
        self.assertEqual(browser.value("[...document.styleSheets].length > 1 && getComputedStyle(document.querySelector('.site-header')).backgroundColor"), "rgb(18, 54, 92)")
        # The browser itself tells of the status.
        self.assertTrue(all("404" in words for words in browser.complaints()))

    def test_on_a_phone_nothing_is_cut_off(self):
        browser, site = self.browser, self.site
        browser.resize(390, 844)
        site.replace(TABLE, RIGHT, WRONG)
        browser.until("document.querySelectorAll('.gongkai-error').length === 1")
        browser.run(SHADOW + ".querySelector('.toggle').click()")
        self.assertFalse(browser.value("document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth + 1"))
        box = browser.value(f"(box => [box.left, box.right, box.bottom])({SHADOW}.querySelector('.list').getBoundingClientRect())")
        self.assertEqual(box, [0, 390, 844])
        picture(browser, "phone-list")
        browser.run(SHADOW + ".querySelector('.list .finding.error .go').click()")
        self.assertTrue(browser.value(SHADOW + ".querySelector('.list').hidden"))
        browser.until(f"(box => box.top > 0 && box.right <= innerWidth && box.bottom < innerHeight)(document.querySelector({CELL!r}).getBoundingClientRect())")
        picture(browser, "phone-mark")
        site.replace(TABLE, WRONG, RIGHT)
        browser.until("document.querySelectorAll('.gongkai-error').length === 0")

    def test_what_is_saved_is_shown_each_time_and_how_soon_is_told(self):
        browser, site = self.browser, self.site
        times = []
        for _ in range(12):
            for old, new, holds in (
                (RIGHT, WRONG, f"document.querySelector({CELL!r}).matches('.gongkai-error')"),
                (WRONG, RIGHT, "document.querySelectorAll('.gongkai-error').length === 0"),
            ):
                browser.watch(holds)
                saved = site.replace(TABLE, old, new)
                times.append((browser.shown() - saved) * 1000)
                time.sleep(0.1)
        times.sort()
        print(f"\nfrom saving to seeing: median {statistics.median(times):.0f} ms, worst {times[-1]:.0f} ms of {len(times)}")


class EndTest(unittest.TestCase):
    def test_settings_that_cannot_be_read_at_the_start_are_told_until_they_are_mended(self):
        site, browser = ServedSite(), Browser()
        try:
            site.stop()
            text = site.read("content/site.yaml")
            site.write("content/site.yaml", text + "\nname: [\n")
            site.start("--port", site.address.rsplit(":", 1)[1])
            while site.said().count("http://") < 2:
                time.sleep(0.05)
            browser.open(site.address + "/")
            self.assertIn("现在还不能生成", browser.text())
            self.assertTrue(any("content/site.yaml" in where for _, _, where in browser.listed()))
            site.write("content/site.yaml", text)
            browser.until("document.querySelector('.masthead')")
        finally:
            browser.quit()
            site.remove()

    def test_a_lost_connection_is_told_and_found_again(self):
        site, browser = ServedSite(), None
        try:
            browser = Browser()
            browser.open(f"{site.address}/{UNIT}/index.html")
            browser.run("window.survives = 'yes'")
            port = site.address.rsplit(":", 1)[1]
            code, seconds = site.stop(signal.SIGINT)
            self.assertEqual(code, 0)
            self.assertLess(seconds, 1)
            self.assertEqual(site.names(), [])
            browser.until(f"!{SHADOW}.querySelector('.connection').hidden")
            site.replace(TABLE, RIGHT, WRONG)
            site.start("--port", port)
            browser.until(f"{SHADOW}.querySelector('.connection').hidden")
            browser.until("document.querySelectorAll('.gongkai-error').length === 1")
            self.assertEqual(browser.value("window.survives"), "yes")
            self.assertEqual(site.stop(signal.SIGTERM)[0], 0)
        finally:
            if browser:
                browser.quit()
            site.remove()


def picture(browser, name):
    """Keeps a picture where somebody asked for them."""
    folder = os.environ.get("PICTURES")
    if folder:
        browser.picture(str(pathlib.Path(folder) / (name + ".png")))


if __name__ == "__main__":
    unittest.main(verbosity=2)
