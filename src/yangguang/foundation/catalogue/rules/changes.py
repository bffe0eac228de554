"""What may become of a version: a policy once in force never changes."""

from datetime import date
from enum import Enum, auto

from yangguang.foundation.catalogue.types import PolicyVersion
from yangguang.foundation.kernel.refusals import Refusal


class PolicyChanged(Refusal):
    """A version already in force says something else now."""

    def __init__(self, version: PolicyVersion) -> None:
        """Name the version and what to do."""
        self.version = version
        super().__init__(
            f"政策“{version.title}”（{version.kind.label}，{version.key}，"
            f"{version.valid_from}起施行）已经生效，内容不能改动。"
            "如政策有变，请另写一个施行日期更晚的版本；如文件被误改，请恢复原样。"
        )


class Step(Enum):
    """What loading does with a version."""

    ADD = auto()
    KEEP = auto()
    REPLACE = auto()
    END = auto()


def step(held: PolicyVersion | None, given: PolicyVersion, on: date) -> Step:
    """Decide what loading a version does on a day.

    Equal versions are kept; of one in force only the end may be set; one not yet in force may be
    replaced. Raises PolicyChanged.
    """
    if held is None:
        return Step.ADD
    if _said(held) != _said(given):
        if held.valid_from <= on:
            raise PolicyChanged(held)
        return Step.REPLACE
    return Step.KEEP if held.valid_until == given.valid_until else Step.END


def _said(version: PolicyVersion) -> tuple[object, ...]:
    return (version.digest, version.title, version.reference, version.sample)
