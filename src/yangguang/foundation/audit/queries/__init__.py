"""Reading the trail."""

from yangguang.foundation.audit.queries.heads import demand_anchored, newest_head
from yangguang.foundation.audit.queries.trail import last_record

__all__ = ["demand_anchored", "last_record", "newest_head"]
