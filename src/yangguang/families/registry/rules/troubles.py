"""What a list shows of a family's troubles: the class, never the disease."""

from yangguang.families.registry.types import Illness


def trouble_class(illness: str | None, disability_grade: int | None) -> tuple[str, ...]:
    """Give the classes of trouble that a list may show: 重病, 慢性病, 重度残疾 (1–2), 残疾."""
    classes = []
    if illness:
        classes.append(Illness(illness).label)
    if disability_grade is not None:
        classes.append("重度残疾" if disability_grade <= 2 else "残疾")
    return tuple(classes)
