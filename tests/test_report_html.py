"""The report page: what it says, what it keeps out, and how it behaves in a browser."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ykclean.batch.plan import Plan
from ykclean.batch.reading import records_in
from ykclean.batch.run import run
from ykclean.edits import Edit, apply_edits
from ykclean.engine import clean
from ykclean.report_html import write_report
from ykclean.report_html.gather import gather
from ykclean.report_html.marks import fates, show

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("jinja2")

EVIL = "</script><script>document.title='broken'</script><img src=x onerror=alert(1)>&amp;"
# The project's example: a passage pasted twice, a cut, a broken sentence, and a second article.
TEXT = (Path(__file__).parents[1] / "fixtures" / "report.txt").read_text(encoding="utf-8")
PARTS = ("今天上午开放,有十二艘货轮。", "他说,好...", "<b>他</b>来了", "\n", "\n\n", "半句话没有", " ")


def record_of(text: str) -> dict[str, Any]:
    return clean(text).to_dict("a.txt")


def joined(pieces: list[tuple[str, Any]]) -> str:
    return "".join(text for text, _ in pieces)


@given(st.lists(st.sampled_from(PARTS), max_size=12))
def test_the_pieces_are_the_source_and_the_result(parts: list[str]) -> None:
    text = "".join(parts)
    record = record_of(text)
    shown = show(record)
    assert joined(shown.source) == text
    assert joined(shown.result) == record["text"]


@given(st.data())
def test_pieces_of_any_edits(data: st.DataObject) -> None:
    source = data.draw(st.text("甲乙丙", max_size=12))
    bounds = sorted(data.draw(st.lists(st.integers(0, len(source)), max_size=8)))
    edits = [Edit(a, b, source[a:b], "改") for a, b in zip(bounds[::2], bounds[1::2], strict=False)]
    if len({edit.start for edit in edits}) < len(edits):
        return
    spans = [{"start": e.start, "end": e.end, "before": e.before, "after": e.after} for e in edits]
    finding = {"name": "x", "start": 0, "end": 1, "of": None, "applied": True}
    record = {
        "text": apply_edits(source, edits),
        "findings": [{**finding, "edits": [span]} for span in spans],
    }
    shown = show(record)
    assert joined(shown.source) == source
    assert joined(shown.result) == record["text"]
    assert {m.finding for _, marks in shown.result for m in marks} == set(range(len(edits)))


def marked(pieces: list[tuple[str, Any]], kind: str) -> str:
    return "".join(text for text, marks in pieces if any(mark.kind == kind for mark in marks))


def test_each_kind_of_mark_stands_where_it_should() -> None:
    record = record_of(TEXT)
    shown = show(record)
    assert joined(shown.source) == TEXT
    (copy,) = (finding for finding in record["findings"] if finding["name"] == "duplicate-passage")
    assert TEXT[copy["start"] : copy["end"]].strip() in marked(shown.source, "removed")
    assert marked(shown.source, "kept") == TEXT[slice(*copy["of"])]
    assert set(marked(shown.source, "join")) == {"\n"}
    kinds = {mark.kind for _, marks in shown.source for mark in marks}
    assert kinds >= {"removed", "kept", "join", "change", "boundary", "cut"}
    cut = next(n for n, (_, marks) in enumerate(shown.source) if any(m.kind == "cut" for m in marks))
    assert shown.source[cut][0] == ""
    assert marked(shown.result, "kept")
    assert not marked(shown.result, "removed")


def test_what_went_with_a_removed_passage_is_not_left_to_look_at() -> None:
    findings = record_of(TEXT)["findings"]
    became = fates(findings)
    assert "removed" in became
    assert [fate == "applied" for fate in became] == [finding["applied"] for finding in findings]


def test_the_worst_come_first_and_the_page_has_a_budget() -> None:
    records = [{**record_of("他说,好。" * n), "path": f"in/{n}.txt"} for n in (1, 3, 2, 0)]
    gathered = gather(records, rows=3, budget=60)
    assert [row.path for row in gathered.rows] == ["in/3.txt", "in/2.txt", "in/1.txt"]
    assert gathered.documents == 4
    assert gathered.shown == {1}
    assert gathered.families == {"punctuation": 6}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    source = folder / "in"
    source.mkdir()
    (source / "long.txt").write_text(TEXT, encoding="utf-8")
    (source / f"evil{html.escape('<b>')}.txt").write_text(f"他说,好。\n\n{EVIL}\n", encoding="utf-8")
    for number in range(120):
        (source / f"{number:03d}.txt").write_text(f"第{number}个人说,好。" * (number % 3), encoding="gbk")
    run(Plan(paths=[str(source)], output=folder / "out", workers=2))
    assert write_report(folder / "out", folder / "report.html") == (122, 122)
    return folder / "report.html"


def test_the_page_lets_nothing_in(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    rules = dict(rule.strip().split(" ", 1) for rule in html.unescape(policy[1]).split(";"))
    assert rules["default-src"] == "'none'"
    for kind, tag in (("style-src", "style"), ("script-src", "script")):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert rules[kind] == f"'sha256-{digest}'"
    assert not re.findall(r"(?:src|href)=|https?://|@import|url\(| style=| on\w+=", text)
    assert EVIL not in text


def test_the_same_page_from_every_form_of_output(page: Path, tmp_path: Path) -> None:
    source = page.parent / "in"
    pages = []
    for form in ("jsonl", "text"):
        out = tmp_path / form / "out"
        run(Plan(paths=[str(source)], output=out, form=form, workers=0))
        write_report(out, tmp_path / f"{form}.html")
        pages.append((tmp_path / f"{form}.html").read_bytes())
    assert pages[0] == pages[1]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Headless Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if chromium is None or driver is None:
        pytest.skip("needs chromium and chromedriver (apt-get install chromium chromium-driver)")
    webdriver = pytest.importorskip("selenium.webdriver")
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    for argument in ("headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage"):
        options.add_argument(f"--{argument}")
    options.add_argument("--window-size=1400,1000")
    options.binary_location = chromium
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    opened = webdriver.Chrome(options=options, service=Service(driver))
    yield opened
    opened.quit()


def find(browser: Any, selector: str) -> list[Any]:
    return list(browser.find_elements("css selector", selector))


def until(condition: Any) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def open_page(browser: Any, page: Path, file: str) -> None:
    browser.get(page.as_uri())
    find(browser, "#search")[0].send_keys(file)
    until(lambda: len(find(browser, "#rows tr")) == 1)
    find(browser, "#rows button")[0].click()
    until(lambda: file in find(browser, "#document-heading")[0].text)
    until(lambda: find(browser, "#source")[0].text != "")


def test_the_table_is_paged_filtered_and_sorted(browser: Any, page: Path) -> None:
    browser.get(page.as_uri())
    assert find(browser, "#count")[0].text == "122 files"
    assert len(find(browser, "#rows tr")) == 100
    assert find(browser, "#rows td")[0].text.endswith("long.txt")
    find(browser, "#next")[0].click()
    assert len(find(browser, "#rows tr")) == 22
    find(browser, "#search")[0].send_keys("00")
    until(lambda: find(browser, "#count")[0].text == "11 files")
    find(browser, "#table thead button")[0].click()
    paths = [cell.text[-7:] for cell in find(browser, "#rows td:first-child")]
    assert paths == sorted(paths)
    assert len(find(browser, "svg rect.bar")) >= 4
    assert browser.get_log("browser") == []


def test_findings_and_marks_lead_to_one_another(browser: Any, page: Path) -> None:
    open_page(browser, page, "long.txt")
    duplicate = next(button for button in find(browser, "#findings button") if "YK401" in button.text)
    duplicate.click()
    number = duplicate.get_attribute("data-findings")
    assert "on" in duplicate.get_attribute("class")
    lit = find(browser, "#source .on")
    kinds = " ".join(element.get_attribute("class") for element in lit)
    assert "removed" in kinds
    assert "kept" in kinds
    assert find(browser, "#result .on.kept")
    frame, box = (
        browser.execute_script("return arguments[0].getBoundingClientRect()", element)
        for element in (find(browser, ".pane")[1], lit[0])
    )
    assert frame["top"] <= box["top"] <= frame["bottom"]
    comma = find(browser, "#source .change")[0]
    comma.click()
    assert duplicate.get_attribute("class") == ""
    (chosen,) = find(browser, "#findings .on")
    assert chosen.get_attribute("data-findings") != number
    assert [element.text for element in find(browser, "#result .on")] == ["，"]
    result = find(browser, "#result .change")[0]
    result.send_keys("\ue007")
    (chosen,) = find(browser, "#findings .on")
    assert chosen.get_attribute("data-findings") == result.get_attribute("data-findings")
    assert browser.get_log("browser") == []


def test_text_from_files_is_text(browser: Any, page: Path) -> None:
    open_page(browser, page, "evil")
    assert EVIL[:9] in find(browser, "#source")[0].text
    assert not find(browser, "#document img, #document script, #rows b")
    assert browser.title == "out · ykclean"
    assert browser.get_log("browser") == []


def test_files_can_be_stepped_through_and_linked_to(browser: Any, page: Path) -> None:
    open_page(browser, page, "long.txt")
    address = browser.current_url
    find(browser, "#close")[0].click()
    until(lambda: not find(browser, "#document")[0].is_displayed())
    browser.get("about:blank")
    browser.get(address)
    until(lambda: find(browser, "#document-heading")[0].text.endswith("long.txt"))
    find(browser, "#next-file")[0].click()
    until(lambda: not find(browser, "#document-heading")[0].text.endswith("long.txt"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1400, 400])
def test_light_and_dark_wide_and_narrow(browser: Any, page: Path, scheme: str, width: int) -> None:
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        open_page(browser, page, "long.txt")
        paper = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
        assert (paper == "rgb(255, 255, 255)") == (scheme == "light")
        scroll = browser.execute_script("return document.documentElement.scrollWidth")
        assert scroll <= width
        tops = {pane.location["y"] for pane in find(browser, ".pane")}
        assert len(tops) == (1 if width == 1400 else 3)
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_ten_thousand_files(browser: Any, tmp_path: Path) -> None:
    from ykclean.report_html.page import write_page

    record = record_of("他说,好。")
    records = [{**record, "path": f"in/{number // 100}/{number}.txt"} for number in range(10_000)]
    page = tmp_path / "large.html"
    assert write_page(page, "large", gather(records, 20_000, 64 << 20), records) == 10_000
    browser.get(page.as_uri())
    assert find(browser, "#count")[0].text == "10,000 files"
    open_page(browser, page, "/9999.txt")


def test_a_web_page_counts_under_its_own_encoding(tmp_path: Path) -> None:
    pytest.importorskip("selectolax")
    markup = f"<html><head><meta charset=gbk></head><body><p>{PARTS[0]}</p></body></html>"
    (tmp_path / "a.html").write_text(markup, encoding="gbk")
    for form in ("jsonl", "text"):
        output = tmp_path / form
        summary = run(Plan(paths=[str(tmp_path / "a.html")], output=output, form=form, workers=0))
        assert list(summary.encodings) == ["gb18030"]
        gathered = gather(records_in(output), 10, 1000)
        assert dict(gathered.encodings) == {"gb18030": 1}
