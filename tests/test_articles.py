"""Articles: where they begin, and what their first lines are."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from subprocess import run

import pytest

from ykclean import Settings, clean, read
from ykclean.articles import LONGEST, split_articles, windows
from ykclean.blocks import outside_copies
from ykclean.document import Article, Document, Paragraph, Repeat
from ykclean.edits import Edit, Span
from ykclean.rules.articles import several_articles
from ykclean.settings import NEVER

CASES = Path(__file__).parents[1] / "fixtures" / "cases" / "YK601"
FLOOD, CHESS = (CASES / "words-alone.txt").read_text("utf-8").split("\n=== output")[0].split("十二岁")
CHESS = "十二岁" + CHESS
TRAIN = (CASES / "headline-and-dateline.txt").read_text("utf-8").split("\n=== output")[0].split("\n南北")[1]
TRAIN = "南北" + TRAIN


def starts(text: str, settings: Settings | None = None) -> list[int]:
    document = read(text, settings or Settings())
    return [document.paragraphs[article.first].start for article in document.articles]


def paragraphs_of(text: str) -> list[Paragraph]:
    found = []
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            found.append(Paragraph(at, at + len(line.rstrip("\n")), line.rstrip("\n")))
        at += len(line)
    return found


def test_nothing_has_no_articles() -> None:
    assert read("").articles == ()
    assert read("\n\n").articles == ()


def test_articles_cover_all_paragraphs_in_order() -> None:
    document = read(FLOOD + TRAIN + "\n" + CHESS)
    assert document.articles[0].first == 0
    assert document.articles[-1].last == len(document.paragraphs)
    for before, after in zip(document.articles, document.articles[1:], strict=False):
        assert before.last == after.first


@pytest.mark.parametrize("separator", ["\n", "\n\n", "\r\n", "\n \n\n", "\n　　"])
def test_layout_does_not_matter(separator: str) -> None:
    lines = (FLOOD + CHESS).split("\n")
    text = separator.join(lines)
    assert starts(text)[1:] == [text.index("十二岁")]


def test_title_and_byline_are_recognized() -> None:
    document = read("清河水位回落 村民陆续回家\n——来自柳树村的报告\n本报记者 何平\n" + FLOOD)
    (article,) = document.articles
    assert (article.title, article.byline) == ("清河水位回落 村民陆续回家", "本报记者 何平")
    assert [paragraph.role for paragraph in document.paragraphs[:4]] == [
        "title",
        "subtitle",
        "byline",
        "body",
    ]


def test_no_title_without_a_header() -> None:
    assert [article.title for article in read(FLOOD + CHESS).articles] == [None, None]


def test_further_article_has_its_own_title_and_evidence() -> None:
    document = read("清河水位回落 村民陆续回家\n" + FLOOD + TRAIN)
    article = document.articles[1]
    assert article.title == "南北城际铁路今天开通"
    assert {"title-line", "dateline"} <= set(article.evidence)
    assert 0.5 < article.confidence <= 1


def test_confidence_decides() -> None:
    text = FLOOD + CHESS
    assert len(starts(text, Settings(min_article_confidence=1.0))) == 1
    assert len(starts(text, Settings(min_article_confidence=0.2))) >= 2


def test_a_doubtful_boundary_is_reported_not_acted_on() -> None:
    text = FLOOD + CHESS
    (sure,) = read(text, Settings(min_article_confidence=0.3)).articles[1:]
    assert 0.4 <= sure.confidence < 0.999
    cleaned = clean(text, Settings(select=("YK601",), min_article_confidence=0.999))
    assert cleaned.text == text
    (finding,) = cleaned.findings
    assert (finding.start, finding.edits, finding.confidence) == (len(FLOOD), (), sure.confidence)
    assert finding.message.startswith("perhaps")
    assert "或许" in finding.message_in("zh")


def test_no_boundary_is_looked_for_where_none_can_be_sure_enough() -> None:
    document = read(FLOOD + CHESS, Settings(min_article_confidence=NEVER))
    assert (len(document.articles), document.doubtful) == (1, ())


def test_a_copy_is_no_article() -> None:
    """A passage pasted again behind another article stays with what precedes it."""
    text = FLOOD + CHESS + "\n" + FLOOD
    paragraphs = paragraphs_of(text)
    copy = Span(len(FLOOD + CHESS) + 1, len(text) - 1)
    repeats = [Repeat(copy, Span(0, len(FLOOD) - 1), True)]
    copied = [number for number, left in outside_copies(paragraphs, repeats).items() if not left]
    _, articles, _ = split_articles(text, paragraphs, copied, Settings())
    assert [paragraphs[article.first].start for article in articles] == [0, len(FLOOD)]


def test_a_line_is_not_joined_to_a_copy_that_goes() -> None:
    """The copy lost its full stop, and the article behind it its first words."""
    first, last = FLOOD.rstrip("\n").split("\n"), CHESS.rstrip("\n").split("\n")
    rest = last[0].removeprefix("十二岁的")
    text = "\n\n".join([*first, first[1].removesuffix("。"), rest, *last[1:]])
    cleaned = clean(text)
    assert [article.paragraphs[0].text for article in cleaned.articles] == [first[0], rest]
    assert "broken-line" not in {finding.name for finding in cleaned.findings}
    assert clean(cleaned.text).text == cleaned.text


def test_what_a_copy_leaves_of_a_paragraph_counts() -> None:
    """Its own words tell where it belongs, not those of the copy that was pasted behind them."""
    first, last = FLOOD.rstrip("\n").split("\n"), CHESS.rstrip("\n").split("\n")
    text = "\n".join([*first, last[0] + first[0] + first[1], *last[1:]])
    cleaned = clean(text)
    assert [article.paragraphs[0].text for article in cleaned.articles] == [first[0], last[0]]
    assert clean(cleaned.text).text == cleaned.text


def test_traditional_text() -> None:
    flood = (
        "連日的暴雨過後，清河水位昨天下午開始回落，沿岸三個村的村民陸續回到家中。縣防汛辦說，河堤沒有出現新的險情。\n"
        "在柳樹村，水最深時漫過了門檻。村裡的年輕人划著門板，把老人一個個接到小學的二樓，三百多口人沒有一個受傷。\n"
        "縣裡調來八臺水泵，日夜不停地往外排水。水泵站的老師傅說，照這個速度，地裡的積水再有兩天就能排淨。\n"
        "農技員提醒村民，水退以後要先清溝，再扶苗，倒伏的玉米不要急著砍掉。縣防汛辦還給每戶發了消毒藥片。\n"
    )
    chess = (
        "十二歲的小棋手林一鳴在全省少年圍棋賽上奪得冠軍，這是他第三次參加這項比賽，前兩次都止步於十六強。\n"
        "決賽的對手比他大三歲，布局階段占了先。林一鳴在中盤棄掉一條大龍，換來外勢，最後以半目取勝。\n"
        "林一鳴六歲學棋，每天放學後打譜兩個小時。父親在菜市場賣魚，收攤以後陪他去棋院，常常坐在門外打瞌睡。\n"
        "圍棋協會已經邀請他參加今年寒假的集訓。林一鳴說，他想先把期末考試考好，再去和更強的棋手下棋。\n"
    )
    assert starts(flood) == [0]
    assert starts(flood + chess) == [0, len(flood)]


@pytest.mark.parametrize(
    "text", [FLOOD + CHESS, FLOOD + TRAIN + "\n" + CHESS, (FLOOD + CHESS).replace("\n", "\r\n")]
)
def test_second_clean_changes_nothing(text: str) -> None:
    settings = Settings(select=("YK601",))
    once = clean(text, settings)
    twice = clean(once.text, settings)
    assert twice.text == once.text
    assert [article.text for article in twice.articles] == [article.text for article in once.articles]
    assert once.undo().decode() == text


def test_short_texts_load_no_model() -> None:
    code = (
        "import sys, ykclean; ykclean.clean('清河水位回落\\n他来了。\\n她走了。');"
        "sys.exit('ykclean.cohesion' in sys.modules)"
    )
    assert run([sys.executable, "-c", code], check=False).returncode == 0


def test_hash_seed_does_not_matter() -> None:
    code = "import sys, ykclean; print([a for a in ykclean.read(sys.argv[1]).articles])"
    outputs = {
        run(
            [sys.executable, "-c", code, FLOOD + TRAIN + "\n" + CHESS],
            env={"PYTHONHASHSEED": seed, "PATH": "", "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1


def test_very_long_texts_are_split_by_their_headers() -> None:
    page = paragraphs_of(FLOOD + TRAIN + "\n" + CHESS)
    paragraphs = [p._replace(start=n, end=n) for n, p in enumerate(page * (LONGEST // len(page) * 4))]
    _, articles, _ = split_articles("", paragraphs, (), Settings())
    assert len(articles) > 100


@pytest.mark.parametrize("window", [11, 13, 16])
def test_a_long_text_is_split_window_by_window(monkeypatch: pytest.MonkeyPatch, window: int) -> None:
    more = (CASES / "goes-on-on-another-page.txt").read_text("utf-8").split("\n=== output")[0]
    text = FLOOD + TRAIN + "\n" + more
    whole = starts(text)
    assert len(whole) == 5
    monkeypatch.setattr("ykclean.articles.WINDOW", window)
    monkeypatch.setattr("ykclean.articles.OVERLAP", 4)
    assert starts(text) == whole


@pytest.mark.parametrize("count", [4, 1999, 2000, 2001, 3800, 3801, 9999])
def test_each_unit_of_a_long_text_counts_in_one_window(count: int) -> None:
    counted: list[int] = []
    for units, inner in windows(count):
        assert units.start <= inner.start < inner.stop <= units.stop
        counted += inner
    assert counted == list(range(count))


def test_one_paragraph_many_times_is_one_article() -> None:
    paragraphs = [Paragraph(n, n, "水退了，人回来了，县里调来八台水泵。") for n in range(20_000)]
    _, articles, _ = split_articles("", paragraphs, (), Settings())
    assert articles == (Article(0, 20_000),)


def test_document_type_is_kept() -> None:
    document = read(FLOOD)
    assert isinstance(document, Document)
    assert isinstance(document.articles, tuple)


def test_what_is_left_of_an_article_that_opens_with_a_copy_is_set_apart() -> None:
    text = "渡口昨天恢复通航。\n渡口昨天恢复通航。老船工病倒\n全村轮流送饭。\n"
    copy = Span(10, 19)
    document = replace(
        read(text),
        articles=(Article(0, 1), Article(1, 3)),
        repeats=(Repeat(copy, Span(0, 9), safe=True),),
    )
    (found,) = several_articles(document, Settings())
    assert found.edits == (Edit(copy.end, copy.end, "", "\n\n"),)
