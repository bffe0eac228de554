"""Reading the trail."""

from yangguang.foundation.audit.queries.trail import last_record

__all__ = ["last_record"]
