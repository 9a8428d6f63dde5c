"""YK001 on bytes; what the text alone shows is in fixtures/cases/YK001."""

from __future__ import annotations

from ykclean import Finding, Settings, check

ONLY = Settings(select=("YK001",))


def found(raw: bytes) -> list[Finding]:
    return check(raw, ONLY)


def test_lost_bytes_are_named() -> None:
    (finding,) = found("天气很好，他说的".encode() + b"\xe5\xa5")
    assert finding.span == (8, 9)
    assert finding.edits == ()
    assert finding.message == "bytes E5 A5 are no utf-8"
    assert "E5 A5" in finding.message_in("zh")


def test_a_character_lost_before_is_told_from_undecodable_bytes() -> None:
    lost, before = found("天气很好，他说的".encode() + b"\xff" + "\ufffd，走了。".encode())
    assert (lost.span, before.span) == ((8, 9), (9, 10))
    assert "FF" in lost.message
    assert "lost before" in before.message
    assert (lost.code, before.code) == ("YK001", "YK001")


def test_many_bytes_are_shortened() -> None:
    (finding,) = found("天气很好，他说的话我们都听见了。".encode() * 20 + b"\xff" * 40)
    assert finding.end - finding.start == 40
    assert len(finding.message) < 80
