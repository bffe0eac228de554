"""Who asks: every role at each level where it exists, and those whom no right carries."""

from dataclasses import dataclass

from tests.matrix.places import CITY, COUNTY, PROVINCE, TOWN, VILLAGE
from yangguang.foundation.accounts.rules.roles import ROLES, STRONG
from yangguang.foundation.divisions.types import Level

WHERE = {
    Level.PROVINCE: PROVINCE,
    Level.CITY: CITY,
    Level.COUNTY: COUNTY,
    Level.TOWNSHIP: TOWN,
    Level.VILLAGE: VILLAGE,
}


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody with one post, and how the session stands.

    `session` is fresh; stale where the second factor is older than ten minutes; unpledged before
    the pledge of secrecy; ended where the post is over; none without a log-in.
    """

    role: str
    area: str
    session: str = "fresh"

    def __str__(self) -> str:
        """Name the asker in the words of a test's id."""
        return f"{self.role or 'nobody'}-{self.area.rstrip('0')}-{self.session}"


NOBODY = Asker("", "", "none")
POSTS = tuple(Asker(code, WHERE[level]) for code, role in ROLES.items() for level in role.levels)
STALE = tuple(
    Asker(one.role, one.area, "stale") for one in POSTS if ROLES[one.role].permissions & STRONG
)
UNPLEDGED = tuple(
    Asker(role, area, "unpledged")
    for role, area in (
        ("village_clerk", VILLAGE),
        ("county_approver", COUNTY),
        ("security_administrator", COUNTY),
    )
)
ENDED = tuple(Asker(one.role, one.area, "ended") for one in UNPLEDGED)
ALL = (NOBODY, *POSTS, *STALE, *UNPLEDGED, *ENDED)

# One role for each permission, and those who may nothing of the kind.
FEW = (
    NOBODY,
    Asker("village_clerk", VILLAGE),
    Asker("township_reviewer", TOWN),
    Asker("county_planner", COUNTY),
    Asker("county_approver", COUNTY),
    Asker("city_officer", CITY),
    Asker("supervisor", COUNTY),
    Asker("security_administrator", COUNTY),
    Asker("county_approver", COUNTY, "stale"),
)
