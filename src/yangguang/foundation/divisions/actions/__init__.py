"""Loading and changing areas and bodies."""

from yangguang.foundation.divisions.actions.loading import load_shipped_areas

__all__ = ["load_shipped_areas"]
