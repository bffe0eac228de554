"""One verb, one record."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from yangguang.foundation.audit.models import Record
from yangguang.foundation.walls.context import Actor


def digest(content: Mapping[str, object]) -> bytes:
    """Give the SHA-256 of a mapping in canonical JSON: proof of what was there, unseen."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).digest()


def record(
    verb: str,
    *,
    kind: str,
    key: object,
    area_code: str,
    by: Actor,
    at: datetime,
    reason: str = "",
    ground: str = "",
    content: Mapping[str, object] | None = None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    root: bytes = b"",
) -> Record:
    """Append one row to the trail in the running transaction; its link is made at the commit.

    `verb` is the action's dotted name ("plans.approve"). `content`, what the verb was given, and
    `before` and `after`, the object's state, enter as digests only; `root` is the Merkle root of
    a batch's payments.
    """
    return Record.objects.create(
        at=at,
        verb=verb,
        object_kind=kind,
        object_key=str(key),
        area_code=area_code,
        actor_id=by.id,
        actor_name=by.name,
        actor_role=by.role,
        reason=reason,
        ground=ground,
        digest=_proof(content),
        before=_proof(before),
        after=_proof(after),
        root=root,
    )


def _proof(content: Mapping[str, object] | None) -> bytes:
    return digest(content) if content is not None else b""
