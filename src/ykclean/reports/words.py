"""The words of the reports, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ykclean.lazy import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ykclean.findings import Rule

BLANK = pattern(r"\{[^}]*\}")
"""A place in a message for particulars."""

ENGLISH = {
    "fix": "fix",
    "unsafe_fix": "fix (only with --unsafe-fixes)",
    "remove": "remove",
    "insert": "insert",
    "more_edits": "and {} more edits",
    "more": "and {} more in this line",
    "until": "to line {}",
    "kept": "the other copy",
    "found": "Found {} in {}.",
    "problems": "{} problems",
    "problem": "1 problem",
    "files": "{} files",
    "file": "1 file",
    "nothing": "Nothing to check.",
    "clean": "All clear: {} checked.",
    "fixable": "[*] {} fixable with --fix",
    "unsafe": "{} with --unsafe-fixes",
    "fixed": "Fixed {}.",
    "would_fix": "Would fix {}.",
    "failed": "{} could not be checked or mended.",
    "left_alone": "{} left alone: no prose by their names (see include in the configuration).",
    "known": "{} known from the baseline.",
    "binary": "looks binary, not text; left alone",
    "not_mended": "not mended: its encoding cannot be written back exactly; convert it to UTF-8",
}
CHINESE = {
    "fix": "可改",
    "unsafe_fix": "可改（需 --unsafe-fixes）",
    "remove": "删去",
    "insert": "补上",
    "more_edits": "另有 {} 处改动",
    "more": "本行另有 {} 处",
    "until": "至第 {} 行",
    "kept": "另一份",
    "found": "共发现 {}，涉及 {}。",
    "problems": "{} 个问题",
    "problem": "1 个问题",
    "files": "{} 个文件",
    "file": "1 个文件",
    "nothing": "没有要检查的文件。",
    "clean": "没有问题：已检查 {}。",
    "fixable": "[*] 其中 {} 个可用 --fix 修正",
    "unsafe": "{} 个需加 --unsafe-fixes",
    "fixed": "已修正 {}。",
    "would_fix": "将修正 {}。",
    "failed": "{}无法检查或修正。",
    "left_alone": "{} 未检查：按文件名不是文章（见配置项 include）。",
    "known": "{} 已记在基线中，不再报告。",
    "binary": "看来是二进制文件，不是文本，未检查",
    "not_mended": "未修正：其编码无法原样写回，请先转成 UTF-8",
}
WORDS: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "zh": CHINESE}


def count(number: int, what: str, lang: str) -> str:
    """Return a number of things: ``problem`` or ``file``."""
    words = WORDS[lang]
    return words[what] if number == 1 else words[f"{what}s"].format(f"{number:,}")


def in_chinese(rule: Rule) -> str:
    """Return one line about a rule: its message, which is in Chinese as the rule's page is not."""
    return BLANK.sub("…", rule.message_zh)
