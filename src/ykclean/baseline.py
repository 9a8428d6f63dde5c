"""The baseline: findings that are known and not reported again, wherever in their file they move.

A finding is known by its file, its code, its text and the words on either side of it in its sentence;
how often each occurs is counted. So edits elsewhere change nothing, and one copy more is reported.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING

from ykclean.config import ConfigError
from ykclean.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ykclean.checking import Checked
    from ykclean.findings import Finding

VERSION = 1
CONTEXT = 12
REACH = 40
SENTENCE_END = re.compile(r"[\r\n。！？]")
WORDS = re.compile(r"\w")


def fingerprint(text: str, finding: Finding) -> str:
    """Return what a finding is known by: a digest of its code, its text, and the words around it.

    Marks around it do not count: mending one comma does not make the next one new.
    """
    before = text[max(finding.start - REACH, 0) : finding.start]
    after = text[finding.end : finding.end + REACH]
    before = "".join(WORDS.findall(SENTENCE_END.split(before)[-1]))[-CONTEXT:]
    after = "".join(WORDS.findall(SENTENCE_END.split(after)[0]))[:CONTEXT]
    parts = (finding.code, before, text[finding.start : finding.end], after)
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class Baseline:
    """The known findings of the files in and below the folder of the baseline file."""

    def __init__(self, file: Path, files: dict[str, dict[str, int]] | None = None) -> None:
        """Begin with what is known, by path and fingerprint."""
        self.file = file
        self.files = files or {}

    def name(self, path: str) -> str:
        """Return the path of a file as the baseline has it: relative to its own folder, with ``/``."""
        return os.path.relpath(path, self.file.absolute().parent).replace(os.sep, "/")

    def unknown(self, checked: Checked) -> Checked:
        """Return what was found without what is known."""
        known = Counter(self.files.get(self.name(checked.path)))
        if not known:
            return checked
        left = []
        for finding in checked.findings:
            key = fingerprint(checked.text, finding)
            if known[key] > 0:
                known[key] -= 1
            else:
                left.append(finding)
        return checked._replace(findings=tuple(left))

    def learn(self, checked: Iterable[Checked]) -> int:
        """Take in what was found, in place of what was known of these files; return how much."""
        learned = 0
        for file in checked:
            counts = Counter(fingerprint(file.text, finding) for finding in file.findings)
            learned += counts.total()
            self.files.pop(self.name(file.path), None)
            if counts:
                self.files[self.name(file.path)] = dict(sorted(counts.items()))
        return learned

    def save(self) -> None:
        """Write the file. Raises ``OSError``."""
        data = {"version": VERSION, "files": dict(sorted(self.files.items()))}
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        write_atomically(self.file, text.encode("utf-8", "surrogateescape"))


def load_baseline(file: Path) -> Baseline:
    """Read a baseline file. Raises ``ConfigError``."""
    try:
        data = json.loads(file.read_bytes().decode("utf-8-sig", "surrogateescape"))
        if data["version"] != VERSION:
            raise ConfigError(f"{file}: is of version {data['version']}, not {VERSION}; write it anew")
        return Baseline(file, {path: dict(counts) for path, counts in data["files"].items()})
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError(f"{file}: is no baseline file ({error}); write it anew") from error
