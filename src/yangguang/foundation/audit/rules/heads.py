"""What a head says, what of it is signed, and how it is written as JSON; see docs/audit.md."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from yangguang.foundation.audit.rules import merkle
from yangguang.foundation.audit.rules.canonical import framed
from yangguang.foundation.audit.types import HeadFacts, Released, SignedHead, Tip

FORMAT: Final = "yangguang-head-1"
FIRST: Final = bytes(32)


def tips_root(facts: HeadFacts) -> bytes:
    """Give the Merkle root over the ends of all chains."""
    return merkle.root([framed(tip) for tip in facts.tips])


def releases_root(facts: HeadFacts) -> bytes:
    """Give the Merkle root over what was released."""
    return merkle.root([framed((one.at, one.by, one.second, one.reason)) for one in facts.releases])


def message(facts: HeadFacts) -> bytes:
    """Give the bytes that are signed."""
    return framed(
        (
            FORMAT,
            facts.number,
            facts.on.isoformat(),
            facts.at,
            facts.by,
            facts.previous,
            len(facts.tips),
            tips_root(facts),
            len(facts.releases),
            releases_root(facts),
        )
    )


def head_hash(facts: HeadFacts) -> bytes:
    """Give the hash that the next head names as the one before it."""
    return hashlib.sha256(message(facts)).digest()


def written(head: SignedHead) -> dict[str, Any]:
    """Write a signed head as JSON holds it; bytes are hexadecimal."""
    facts = head.facts
    return {
        "format": FORMAT,
        "number": facts.number,
        "on": facts.on.isoformat(),
        "at": facts.at,
        "by": facts.by,
        "previous": facts.previous.hex(),
        "tips": [[tip.shard, tip.sequence, tip.hash.hex()] for tip in facts.tips],
        "root": tips_root(facts).hex(),
        "releases": [
            {"at": one.at, "by": one.by, "second": one.second, "reason": one.reason}
            for one in facts.releases
        ],
        "algorithm": head.algorithm,
        "key": head.key.hex(),
        "signature": head.signature.hex(),
    }


def read(given: Mapping[str, Any]) -> SignedHead:
    """Read what `written` wrote. Raises ValueError, KeyError or TypeError for anything else.

    Whether the signature holds is for whoever knows the right key to say.
    """
    facts = HeadFacts(
        number=int(given["number"]),
        on=date.fromisoformat(given["on"]),
        at=int(given["at"]),
        by=str(given["by"]),
        previous=bytes.fromhex(given["previous"]),
        tips=tuple(
            Tip(str(shard), int(sequence), bytes.fromhex(last))
            for shard, sequence, last in given["tips"]
        ),
        releases=tuple(
            Released(int(one["at"]), str(one["by"]), str(one["second"]), str(one["reason"]))
            for one in given["releases"]
        ),
    )
    if given["format"] != FORMAT or given["root"] != tips_root(facts).hex():
        raise ValueError("not a head, or its root is not the one of its tips")
    return SignedHead(
        facts, given["algorithm"], bytes.fromhex(given["key"]), bytes.fromhex(given["signature"])
    )
