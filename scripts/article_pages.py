"""Pages of news to learn from where articles begin: intact articles put behind one another.

Some are of unrelated articles, some of those that are most alike, some of a printed page or a day, with and
without headlines. On some, all articles have words in common, as those of one column have. On others no
article has its first paragraph: where how it opens tells nothing, the rest has to. On some, headlines are as
short as subheads. Some say of each article when it was published, as web pages do.
"""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from ykclean import headers
from ykclean.hanzi import simplify

if TYPE_CHECKING:
    from collections.abc import Callable

FURNITURE = re.compile(r"^(?:【?编辑[:：].*|责任编辑.*|用微信扫描.*|分享至.*|\[|\]|（?原标题.*|.*资料图.*)$")
FOOT = re.compile(r"(?:[(（]完[)）]|【?编辑[:：][^】]*】|责任编辑[:：].*)+$")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚英华文玉建国志红海林"
WRITERS = ["本报记者 ", "记者 ", "□ 本报记者 ", "□ 记者 ", "本报通讯员 ", "", "本报记者", "本报驻南城记者"]
LONG = 4
"""One article in so many is a long one."""
KIN = 20
"""So many articles are nearest to one."""
THEMED = 0.25
"""The share of pages whose articles have words in common."""
PUBLISHED = 0.15
"""The share of pages that say of each story when it was published."""
LATE = 0.5
"""The share of pages without headlines whose stories begin with their second paragraphs."""
NAMED = 0.1
"""The share of stories without a headline that say who wrote them."""
SHORT = 0.3
"""The share of pages whose headlines are as short as subheads: length alone is not to tell them apart."""
SHORTEST, LONGEST = 6, 12
"""How long these are, in characters."""
CLAUSE = re.compile("(?<=[，。；：！？])")
PART = re.compile("(?<=[，。；])")
PHRASE_END = re.compile("[ \u3000：:]+(?=.{6})")
PROSE = 40
"""A shorter line stays as it is."""


class Story(NamedTuple):
    title: str
    byline: str
    group: str
    paragraphs: list[str]


class Page(NamedTuple):
    """Lines of text; an article begins at each of ``starts`` (the first one left out)."""

    lines: list[str]
    starts: set[int]


def load(path: Path) -> list[Story]:
    stories = []
    for line in path.read_text("utf-8").splitlines():
        raw = json.loads(line)
        kept = [FOOT.sub("", p.strip()).strip() for p in raw["paragraphs"] if not FURNITURE.match(p.strip())]
        paragraphs = [p for p in kept if p]
        title = (raw.get("title") or "").strip()
        if title and paragraphs and paragraphs[0] == title:
            paragraphs = paragraphs[1:]
        if not title and paragraphs and len(paragraphs[0]) >= 6 and headers.is_headline(paragraphs[0]):
            title, *paragraphs = paragraphs
        if (
            2 <= len(paragraphs) <= 40
            and sum(map(len, paragraphs)) >= 150
            and max(map(len, paragraphs)) <= 1500
        ):
            byline = (raw.get("byline") or "").strip()
            stories.append(
                Story(title if 5 <= len(title) <= 40 else "", byline, str(raw.get("category")), paragraphs)
            )
    return stories


def compose(rng: random.Random, stories: list[Story], *, heads: float) -> Page:
    """Put stories behind one another, some with their headlines, some cut at the end."""
    if heads == 0 and rng.random() < LATE:
        stories = list(map(late, stories))
    if rng.random() < SHORT:
        longest = rng.randint(SHORTEST, LONGEST)
        stories = [story._replace(title=shortened(story.title, longest)) for story in stories]
    lines: list[str] = []
    starts = set()
    when = publication(rng) if rng.random() < PUBLISHED else None
    for story in stories:
        if lines:
            starts.add(len(lines))
        if story.title and rng.random() < heads:
            lines.append(story.title)
            if rng.random() < 0.3:
                lines.append(byline(rng))
        elif rng.random() < NAMED:
            lines.append(byline(rng))
        if when and rng.random() < 0.9:
            lines.append(when(rng))
        lines += story.paragraphs
        if rng.random() < 0.15 and len(lines[-1]) > 60:
            lines[-1] = lines[-1][: rng.randint(20, len(lines[-1]) - 10)]
    return Page(lines, starts)


def byline(rng: random.Random) -> str:
    """Who wrote a story, in one of the ways in which papers say so."""
    return rng.choice(WRITERS) + rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.randint(1, 2)))


def publication(rng: random.Random) -> Callable[[random.Random], str]:
    """How a web page says when it was published, each time with another time."""
    date = rng.choice(["{0}-{1:02}-{2:02}", "{0}年{1:02}月{2:02}日", "{0}年{1}月{2}日", "{0}/{1}/{2}"])
    time = rng.choice(["", " {3:02}:{4:02}", " {3:02}:{4:02}:00", "{3:02}:{4:02}"])
    front = rng.choice(["", "", "发布时间：", "时间："])
    back = rng.choice(["", "", " 来源：" + rng.choice(SURNAMES) + rng.choice(["城晚报", "山网", "州日报"])])
    form = front + date + time + back

    def when(rng: random.Random) -> str:
        day = rng.randint(1998, 2025), rng.randint(1, 12), rng.randint(1, 28)
        return form.format(*day, rng.randint(0, 23), rng.randint(0, 59))

    return when


def shortened(title: str, longest: int) -> str:
    """Leave the last phrase of a headline, and no more of it than so many characters."""
    return PHRASE_END.split(title)[-1][-longest:]


def late(story: Story) -> Story:
    """Take a story's first paragraph away, if enough is left."""
    return story._replace(paragraphs=story.paragraphs[1:]) if len(story.paragraphs) > 3 else story


def pages(rng: random.Random, stories: list[Story], count: int) -> list[Page]:
    """Single articles, unrelated and related ones with and without headlines, whole printed pages or days."""
    made = []
    kin = nearest(stories)
    long = sorted(stories, key=lambda story: len(story.paragraphs))[-len(stories) // LONG :]
    for _ in range(count):
        made.append(compose(rng, rng.sample(stories, 1), heads=0.7))
        made.append(compose(rng, rng.sample(long, 1), heads=0.7))
        made.append(compose(rng, rng.sample(stories, rng.randint(2, 4)), heads=0))
        made.append(compose(rng, rng.sample(stories, rng.randint(2, 6)), heads=0.85))
        made.append(compose(rng, related(rng, stories, kin), heads=rng.choice([0.0, 0.0, 0.85])))
    made += [themed(rng, page, rng.choice(stories)) for page in rng.sample(made, int(THEMED * len(made)))]
    groups: dict[str, list[Story]] = {}
    for story in stories:
        groups.setdefault(story.group, []).append(story)
    printed = [group for group in groups.values() if 3 <= len(group) <= 25]
    for _ in range(count if printed else 0):
        group = rng.choice(printed)
        made.append(
            compose(rng, rng.sample(group, min(len(group), rng.randint(3, 14))), heads=rng.choice([0.0, 0.9]))
        )
    return made


def nearest(stories: list[Story]) -> list[list[int]]:
    """The numbers of the stories that share most words with each, the nearest first."""
    texts = [simplify("\n".join(story.paragraphs)) for story in stories]
    words = TfidfVectorizer(analyzer="char", ngram_range=(2, 2), min_df=2, sublinear_tf=True)
    matrix = words.fit_transform(texts)
    likeness = (matrix @ matrix.T).toarray()
    np.fill_diagonal(likeness, -1)
    ordered: list[list[int]] = np.argsort(-likeness, axis=1, kind="stable")[:, :KIN].tolist()
    return ordered


def related(rng: random.Random, stories: list[Story], kin: list[list[int]]) -> list[Story]:
    """A story and some of those that are most like it."""
    first = rng.randrange(len(stories))
    near = [n for n in kin[first] if len(stories[n].paragraphs) > 2][: rng.choice([5, 10, KIN])]
    return [stories[n] for n in (first, *rng.sample(near, min(len(near), rng.randint(1, 4))))]


def themed(rng: random.Random, page: Page, theme: Story) -> Page:
    """Give all paragraphs words in common: here and there a clause of one more story."""
    clauses = [c for p in theme.paragraphs for c in CLAUSE.split(p) if 4 <= len(c) <= 30]
    if not clauses:
        return page
    clauses = rng.sample(clauses, min(len(clauses), rng.randint(6, PROSE)))
    rate = rng.choice([0.1, 0.2, 0.4])
    return page._replace(lines=[_mixed(rng, line, clauses, rate) for line in page.lines])


def _mixed(rng: random.Random, line: str, clauses: list[str], rate: float) -> str:
    if len(line) < PROSE:
        return line
    first, *others = PART.split(line)
    mixed = [first]
    for part in others:
        if part and rng.random() < rate:
            mixed.append(rng.choice(clauses).rstrip("，。；：！？") + "，")
        mixed.append(part)
    return "".join(mixed)
