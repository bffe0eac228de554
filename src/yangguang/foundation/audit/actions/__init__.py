"""Writing the trail."""

from yangguang.foundation.audit.actions.recording import digest, record

__all__ = ["digest", "record"]
