#!/usr/bin/env python3
"""Verify an exported trail of Yangguang (阳光) by itself: Python 3.11 or later, nothing installed.

    python3 verify.py EXPORT --anchors FOLDER --key HEX [--json]

EXPORT is what `yangguang audit export` wrote; FOLDER holds the anchor files (*.json) that you kept;
HEX is the public key that you were given in person. Prints what is wrong; exits 0 if sound, else 1.
The formats are described in docs/audit.md. Nothing here is shared with the program it checks.
"""

import argparse
import hashlib
import json
import sys
from datetime import date
from itertools import chain
from pathlib import Path

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


# Ed25519 as in RFC 8032, section 6; points are (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.
def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(scalar, point):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point, scalar = add(point, point), scalar >> 1
    return result


def same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 == (p[1] * q[2] - q[1] * p[2]) % P


def point_of(raw):
    """Decompress a point; None for bytes that are no point."""
    if len(raw) != 32:
        return None
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key, message, signature):
    """Tell whether an Ed25519 signature holds."""
    public, r = point_of(key), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or public is None or r is None or s >= ORDER:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    return same(times(s, BASE), add(r, times(h, public)))


def sha(data):
    return hashlib.sha256(data).digest()


def framed(*values):
    """Each value behind its length in four bytes, most significant first."""
    out = bytearray()
    for value in values:
        raw = value if isinstance(value, bytes) else str(value).encode()
        out += len(raw).to_bytes(4, "big") + raw
    return bytes(out)


def merkle(lines):
    """The root of RFC 6962: split at the largest power of two below the number of leaves."""
    if not lines:
        return sha(b"")
    if len(lines) == 1:
        return sha(b"\0" + lines[0])
    half = 1
    while half * 2 < len(lines):
        half *= 2
    return sha(b"\1" + merkle(lines[:half]) + merkle(lines[half:]))


def head_message(head):
    """The signed bytes of a head, made anew from what it says."""
    tips = [framed(shard, number, bytes.fromhex(last)) for shard, number, last in head["tips"]]
    names = ("at", "by", "second", "reason")
    releases = [framed(*map(one.get, names)) for one in head["releases"]]
    root = merkle(tips)
    if head["format"] != "yangguang-head-1" or root.hex() != head["root"]:
        raise ValueError("not a head")
    date.fromisoformat(head["on"])
    return framed(
        "yangguang-head-1", int(head["number"]), head["on"], int(head["at"]), head["by"],
        bytes.fromhex(head["previous"]), len(tips), root, len(releases), merkle(releases),
    )  # fmt: skip


def sound_heads(given, key, found):
    """Keep the heads that read and are signed by the key; note the others, and second ones."""
    kept = {}
    for head in given:
        number = head.get("number") if isinstance(head, dict) else None
        try:
            message = head_message(head)
            good = head["algorithm"] == "ed25519" and bytes.fromhex(head["key"]) == key
            good = good and is_signed(key, message, bytes.fromhex(head["signature"]))
            value = (sha(message), head)
        except (ValueError, KeyError, TypeError, AttributeError):
            good, value = False, None
        if not good or kept.setdefault(number, value) != value:
            found.add(("head_unsound", "", number if isinstance(number, int) else 0, 0))
    return kept


def judge(stored, anchored, key, found):
    """Hold the heads of the export and of the anchors against each other and in their order."""
    table, outside = sound_heads(stored, key, found), sound_heads(anchored, key, found)
    unsound = {one[2] for one in found}
    heads = table | outside
    for number in range(1, max(heads, default=0) + 1):
        if number in unsound:
            continue
        if number not in table or number not in outside:
            found.add(("head_missing", "", number, 0))
            continue
        before = bytes(32) if number == 1 else heads.get(number - 1, (None,))[0]
        named = bytes.fromhex(heads[number][1]["previous"])
        if table[number] != outside[number] or (before is not None and named != before):
            found.add(("head_unsound", "", number, 0))
    return [head for _, head in heads.values()]


class Chain:
    """One shard's chain on its way through the export."""

    def __init__(self, shard, ends):
        self.shard, self.ends = shard, ends
        self.previous, self.next = sha(f"yangguang-audit-1:{shard}".encode()), 1
        self.wrong = []

    def take(self, link, record, found):
        """Check the next link."""
        _, sequence, record_id, stored = link
        stored = bytes.fromhex(stored)
        follows = sequence == self.next
        if not follows:
            found.add(("gap", self.shard, self.next, 0))
        if record is None:
            found.add(("deleted", self.shard, sequence, record_id))
        else:
            data = framed(*record[:11], *map(bytes.fromhex, record[11:]))
            if follows and sha(self.previous + data) != stored:
                self.wrong.append((sequence, record_id, stored, self.previous, data))
        if self.ends.get(sequence, {stored}) != {stored}:
            found.add(("rebuilt", self.shard, sequence, record_id))
        self.previous, self.next = stored, sequence + 1

    def close(self, found):
        """Name what was wrong, and what is missing at the end."""
        hashes = {one[2] for one in self.wrong[:1000]}
        starts = hashes | {one[3] for one in self.wrong[:1000]}
        for place, (sequence, record_id, _, _, data) in enumerate(self.wrong):
            moved = place < 1000 and any(sha(start + data) in hashes for start in starts)
            found.add(("reordered" if moved else "edited", self.shard, sequence, record_id))
        if max(self.ends, default=0) >= self.next:
            found.add(("truncated", self.shard, self.next, 0))


def note(ends, tips):
    """Note where chains are said to end."""
    for shard, sequence, last in tips:
        ends.setdefault(shard, {}).setdefault(sequence, set()).add(bytes.fromhex(last))


def begin(lines, found):
    """Read what stands before the links; give the heads and the first link."""
    stored = []
    for line in lines:
        if "link" in line:
            return stored, [line]
        if "head" in line:
            stored.append(line["head"])
        else:
            found.add(("unlinked", line["unlinked"][0], 0, line["unlinked"][1]))
    return stored, []


def verify(export, anchors, key):
    """Go through the export once; give how many records there are and what is wrong."""
    found, ends, records, lines = set(), {}, 0, map(json.loads, export)
    stored, first = begin(lines, found)
    for head in judge(stored, anchors, key, found):
        note(ends, head["tips"])
    chains = {shard: Chain(shard, asked) for shard, asked in ends.items()}
    for line in chain(first, lines):
        shard = line["link"][0]
        if shard not in chains:
            chains[shard] = Chain(shard, {})
        records += line["record"] is not None
        chains[shard].take(line["link"], line["record"], found)
    for one in chains.values():
        one.close(found)
    return records, sorted(found)


def main():
    parser = argparse.ArgumentParser(description="Verify an exported trail. 核验导出的留痕。")
    parser.add_argument("export", type=Path)
    parser.add_argument("--anchors", type=Path, required=True, help="anchor files 锚定文件夹")
    parser.add_argument("--key", type=bytes.fromhex, required=True, help="public key 公钥")
    parser.add_argument("--json", action="store_true")
    given, anchors = parser.parse_args(), []
    for path in sorted(given.anchors.glob("*.json")):
        try:
            anchors.append(json.loads(path.read_bytes()))
        except ValueError:
            anchors.append(None)
    with given.export.open(encoding="utf-8") as export:
        records, found = verify(export, anchors, given.key)
    if given.json:
        print(json.dumps({"sound": not found, "records": records, "findings": found}))
    else:
        print(f"{records:,} records 条留痕; {len(found)} findings 处问题")
        for fault, shard, sequence, record in found:
            print(f"  {fault}: {f'shard {shard} ' if shard else 'head '}{sequence} record {record}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
