"""Who is quoted or introduced in a text: the people of a story, who come with it and leave with it.

Stories of one kind share nearly all their words, but not their people. Those who are named on both sides of
a gap show that the story goes on there; where each side has people of its own, it may end.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ykclean.forms import LETTER
from ykclean.lazy import pattern
from ykclean.lexicon import NONE, VERY_RARE, bigrams

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ykclean.lexicon import Bigrams

REACH = 8
"""How many paragraphs on either side of a gap are asked for their people."""
MENTION = math.log(2)
"""Each time that the side with fewer mentions names one of its own doubles the odds of a boundary."""
MENTIONS = 6
"""More say no more."""
SHARED = 2
"""A mention on both sides takes so many of the others back: it may be no name, as is what all stories call
the nurse; one who is named again and again on both sides takes back all."""

_VERBS = "说|表示|指出|强调|认为|介绍|告诉|坦言|透露|回忆|解释|称，"
_SAYS = pattern(_VERBS)
_OPENS = pattern(rf"({LETTER}{{2,4}}?)(?:[又也还则]|同时|最后|随后|接着)?(?:{_VERBS}|要求|提出)")
_HOW = "也又则还却再接跟着著随后一难过地哽咽回忆解释补充告诉强调坦言"
"""What may stand between a name and the verb, character by character."""
_LOOKED_BACK = 8
_INTRODUCED = pattern(
    rf"[\d一二三四五六七八九十]岁的?({LETTER}{{2}})|({LETTER}{{2}})[（(]{LETTER}{{2,4}}[）)]"
)
"""Someone with his age before the name, or with his full name behind it: 57岁的阿雄, 阿雄（何志雄）."""


def speakers(text: str) -> Bigrams:
    """Return the last two characters of what stands before each verb of saying, as a number.

    The text is taken as simplified. What is no name (``社工``, ``他们``) is among them; names are rarer.
    """
    places = (said.start() for said in _SAYS.finditer(text))
    names = (text[max(0, place - _LOOKED_BACK) : place].rstrip(_HOW)[-2:] for place in places)
    return NONE.union(*map(bigrams, names))


def introduced(text: str) -> Bigrams:
    """Return two characters of the name of each person introduced by age or by a full name, as a number."""
    return NONE.union(*(bigrams(found[1] or found[2]) for found in _INTRODUCED.finditer(text)))


def speaks_on(bodies: Sequence[str], gap: int) -> bool:
    """Whether the paragraph ``gap`` opens with words of someone whom the ones before it name: ``范小舟说``.

    An article does not open so: its first paragraph has yet to say who that is.
    """
    opens = _OPENS.match(bodies[gap])
    return opens is not None and any(opens[1] in body for body in bodies[max(0, gap - REACH) : gap])


class People:
    """The people that a text quotes or introduces anywhere, and in which paragraphs it names them."""

    def __init__(self, bodies: Sequence[str], words: Sequence[Bigrams], rarity: Mapping[int, int]) -> None:
        """Take the paragraphs, the words of each that recur, and how rare those are in news."""
        found = NONE.union(*map(speakers, bodies), *map(introduced, bodies))
        names = {word for word in found if rarity.get(word, 0) >= VERY_RARE}
        self._named = [here & names for here in words]

    def apart(self, start: int, gap: int, end: int) -> float:
        """Return the evidence for a boundary between two stretches of paragraphs, as a logit from 0 up."""
        sides = self._named[max(start, gap - REACH) : gap], self._named[gap : min(end, gap + REACH)]
        first, second = (NONE.union(*side) for side in sides)
        own = min(_mentions(side, first ^ second) for side in sides)
        shared = min(_mentions(side, first & second) for side in sides)
        return MENTION * max(0, min(own, MENTIONS) - SHARED * shared)


def _mentions(paragraphs: Sequence[Bigrams], names: Bigrams) -> int:
    return sum(len(here & names) for here in paragraphs)
