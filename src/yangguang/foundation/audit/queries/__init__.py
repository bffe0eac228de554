"""Reading the trail."""

from yangguang.foundation.audit.queries.heads import demand_anchored, newest_head
from yangguang.foundation.audit.queries.trail import last_record
from yangguang.foundation.audit.queries.verifying import exported, verify

__all__ = ["demand_anchored", "exported", "last_record", "newest_head", "verify"]
