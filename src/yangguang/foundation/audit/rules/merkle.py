"""Merkle trees: one hash for many lines, and a short proof that one line is among them.

Source: RFC 6962, section 2.1; RFC 9162, section 2.1.3.2 for the check of a proof.
"""

import hashlib
from collections.abc import Sequence
from typing import Final

EMPTY: Final = hashlib.sha256(b"").digest()


def leaf(line: bytes) -> bytes:
    """Give the hash of a leaf; its first byte keeps it from being taken for a node."""
    return hashlib.sha256(b"\x00" + line).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Give the hash of a node from those of its two sides."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(lines: Sequence[bytes]) -> bytes:
    """Give the root over lines in their order; of none, the hash of nothing.

    Made level by level: an odd one out at the end rises as it is, which gives the tree of the RFC.
    """
    level = [leaf(line) for line in lines]
    while len(level) > 1:
        level = _above(level)
    return level[0] if level else EMPTY


def proof(lines: Sequence[bytes], index: int) -> list[bytes]:
    """Give the hashes that lead from the line at `index` up to the root, lowest first.

    Raises IndexError when there is no such line.
    """
    if not 0 <= index < len(lines):
        raise IndexError(index)
    level, path = [leaf(line) for line in lines], []
    while len(level) > 1:
        beside = index ^ 1
        if beside < len(level):
            path.append(level[beside])
        level, index = _above(level), index >> 1
    return path


def holds(line: bytes, index: int, size: int, path: Sequence[bytes], top: bytes) -> bool:
    """Tell whether `path` proves that `line` stands at `index` of `size` lines below `top`."""
    if not 0 <= index < size:
        return False
    here, last = leaf(line), size - 1
    for beside in path:
        if last == 0:
            return False
        if index & 1 or index == last:
            here = node(beside, here)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            here = node(here, beside)
        index, last = index >> 1, last >> 1
    return last == 0 and here == top


def _above(level: Sequence[bytes]) -> list[bytes]:
    pairs = [node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return pairs + list(level[len(pairs) * 2 :])
