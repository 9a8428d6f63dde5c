"""Several dispatches under one headline stay one article, if it names what each of them tells."""

from __future__ import annotations

from ykclean import Settings, read
from ykclean.cohesion import Unit, Words
from ykclean.dispatches import FAR, is_dispatch_below
from ykclean.lexicon import news_lexicon

FALL = [
    "南城社南城1月9日电（记者何平）受连日降温影响，南城股市今天开盘后一路走低，收盘时成份指数跌到三千点以下，为近两年来的最低点。",
    "交易员们说，外来资金大量撤出，银行板块领跌，不少散户在午后抛售手中的股票，成交额比前一天放大了三成。",
    "证券交易所的负责人表示，将密切注视行情，必要时暂停交易。",
]
FISH = [
    "据南城社北港1月9日电（记者林小雨）北港渔民今天捕到一条三米长的鲟鱼，渔政人员赶到码头，为它量了身长，打上标记。",
    "专家说，这条鲟鱼大约四十岁，右鳍有旧伤，可能是被螺旋桨打的。傍晚时分，渔船把它送回江心，放归江中。",
    "码头上围观的孩子们说，没有见过这么大的鱼。",
]
WATCHFUL = Settings(min_article_confidence=0.2)


def parts(*lines: str) -> list[list[str]]:
    """The beginnings of the lines of each article."""
    document = read("\n".join(lines), WATCHFUL)
    texts = [paragraph.text[:12] for paragraph in document.paragraphs]
    return [texts[article.first : article.last] for article in document.articles]


def test_a_headline_that_names_both_keeps_them_together() -> None:
    assert len(parts("南城股市跌到三千点以下 渔民放归三米鲟鱼", "本报记者 何平", *FALL, *FISH)) == 1


def below(*units: Unit) -> bool:
    """Whether the last unit is a dispatch that the headline above names, among others."""
    lexicon = news_lexicon()
    return is_dispatch_below(units, Words(units, lexicon.frequent), lexicon, len(units) - 1)


HEADLINE = "南城股市跌到三千点以下 渔民放归三米鲟鱼"
HEADED, FISHED = Unit((HEADLINE,), FALL[0]), Unit((), FISH[0])


def test_a_dispatch_is_known_by_what_the_headline_names() -> None:
    assert below(HEADED, FISHED)
    assert not below(Unit(("南城股市跌到三千点以下",), FALL[0]), FISHED)


def test_what_was_told_before_is_no_sign_that_more_follows() -> None:
    assert not below(HEADED, Unit((), "渔民放归三米鲟鱼的消息传来时，交易大厅里没有人抬头。"), FISHED)
    assert not below(HEADED, *[Unit((), FALL[1])] * FAR, FISHED)


def test_a_dispatch_with_a_headline_of_its_own_is_none() -> None:
    assert not below(HEADED, FISHED._replace(lines=("渔民放归三米鲟鱼",)))


def test_a_paragraph_without_a_dateline_is_no_dispatch() -> None:
    assert not below(HEADED, Unit((), FISH[1]))


def test_the_mark_of_a_medium_tells_stories_apart_whatever_a_headline_names() -> None:
    fall, fish = (["山城网消息：" + first.partition("）")[2], *more] for first, *more in (FALL, FISH))
    assert len(parts(HEADLINE, *fall, *fish)) == 2
