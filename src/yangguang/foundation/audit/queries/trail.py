"""What the trail says of a verb."""

from yangguang.foundation.audit.models import Record


def last_record(verb: str) -> Record | None:
    """Give the newest record of a verb within the context's scope, or None. One query."""
    return Record.objects.filter(verb=verb).order_by("-at", "-id").first()
