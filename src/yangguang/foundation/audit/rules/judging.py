"""Judging heads: which of the table and of the anchors hold, follow each other, and are missing."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from yangguang.foundation.audit.rules.heads import FIRST, head_hash, read
from yangguang.foundation.audit.types import Fault, Finding, SignedHead, Tip


def judge(
    stored: Sequence[Any], anchored: Sequence[Any], *, is_ours: Callable[[SignedHead], bool]
) -> tuple[dict[int, SignedHead], list[Finding]]:
    """Read the heads of the table and of the anchors; give those that hold, and what is wrong.

    A head in one of the two places alone is missing; one that does not read, is not signed by us,
    differs between the places, shares its number with another or does not follow the one before is
    unsound.
    """
    findings: set[Finding] = set()
    table = _sound(stored, findings, is_ours)
    outside = _sound(anchored, findings, is_ours)
    unsound = {finding.sequence for finding in findings}
    heads = table | outside
    for number in range(1, max(heads, default=0) + 1):
        if number in unsound:
            continue
        if number not in table or number not in outside:
            findings.add(Finding(Fault.HEAD_MISSING, "", number))
        elif table[number] != outside[number] or not _follows(number, heads):
            findings.add(Finding(Fault.HEAD_UNSOUND, "", number))
    return heads, sorted(findings)


def _follows(number: int, heads: dict[int, SignedHead]) -> bool:
    """Tell whether a head names the hash of the one before; where there is none, it may."""
    named = heads[number].facts.previous
    if number == 1:
        return named == FIRST
    before = heads.get(number - 1)
    return before is None or named == head_hash(before.facts)


def _sound(
    given: Sequence[Any], findings: set[Finding], is_ours: Callable[[SignedHead], bool]
) -> dict[int, SignedHead]:
    """Keep the heads that read and are ours; of two under one number the first, and say so."""
    kept: dict[int, SignedHead] = {}
    for one in given:
        try:
            head = read(one)
        except (ValueError, KeyError, TypeError):
            findings.add(Finding(Fault.HEAD_UNSOUND, "", _number(one)))
            continue
        number = head.facts.number
        if not is_ours(head) or kept.setdefault(number, head) != head:
            findings.add(Finding(Fault.HEAD_UNSOUND, "", number))
    return kept


def _number(given: Any) -> int:
    number = given.get("number") if isinstance(given, dict) else None
    return number if isinstance(number, int) else 0


def tips_by_shard(heads: Iterable[SignedHead]) -> dict[str, list[Tip]]:
    """Give, by shard, where the heads say that its chain ended."""
    found: dict[str, list[Tip]] = {}
    for head in heads:
        for tip in head.facts.tips:
            found.setdefault(tip.shard, []).append(tip)
    return found
