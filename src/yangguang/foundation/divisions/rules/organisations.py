"""Reads a file of organisations: the leading group, its units, the departments that give aid."""

from dataclasses import dataclass

from yangguang.foundation.divisions.types import OrganisationFacts
from yangguang.foundation.kernel.policyfiles import read


@dataclass(frozen=True, slots=True)
class OrganisationFile:
    """The head of the file and the organisations, each parent before its members."""

    title: str
    reference: str
    sample: bool
    organisations: tuple[OrganisationFacts, ...]


def read_organisations(text: str, source: str) -> tuple[OrganisationFacts, ...]:
    """Read the organisations of a file. Raises PolicyFileError naming the line."""
    file, lines = read(text, source, OrganisationFile)
    seen: set[str] = set()
    for place, facts in enumerate(file.organisations):
        if facts.code in seen:
            raise lines.error(("organisations", place, "code"), f"代码“{facts.code}”写了两遍")
        if facts.parent is not None and facts.parent not in seen:
            raise lines.error(
                ("organisations", place, "parent"), f"上级“{facts.parent}”不在前面的各行里"
            )
        seen.add(facts.code)
    return file.organisations
