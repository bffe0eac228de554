"""Writing the trail."""

from yangguang.foundation.audit.actions.heads import sign_head
from yangguang.foundation.audit.actions.recording import digest, record
from yangguang.foundation.audit.actions.releasing import release

__all__ = ["digest", "record", "release", "sign_head"]
