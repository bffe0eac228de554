"""Loading and changing areas and bodies."""

from yangguang.foundation.divisions.actions.areas import (
    merge_areas,
    rename_area,
    reparent_area,
    split_area,
)
from yangguang.foundation.divisions.actions.bodies import (
    close_body,
    open_bodies,
    open_body,
    update_body,
)
from yangguang.foundation.divisions.actions.loading import (
    import_areas,
    load_shipped_areas,
    load_shipped_organisations,
)

__all__ = [
    "close_body",
    "import_areas",
    "load_shipped_areas",
    "load_shipped_organisations",
    "merge_areas",
    "open_bodies",
    "open_body",
    "rename_area",
    "reparent_area",
    "split_area",
    "update_body",
]
