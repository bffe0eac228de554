"""Identity numbers of those who are registered: read, lent where there is none, never twice."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date

from django.db import IntegrityError, transaction
from psycopg.errors import UniqueViolation

from yangguang.families.registry.models import Membership, Person
from yangguang.families.registry.rules.entries import PersonEntry
from yangguang.families.registry.rules.refusals import AlreadyRegistered, Holder, InvalidEntry
from yangguang.families.registry.types import NumberKind, Sex
from yangguang.foundation.kernel.identity import IdentityNumber, parse_number, temporary_number
from yangguang.foundation.walls.sealing import blind

_SERIALS = 499
_SOUGHT = 200


def read_numbers(
    entries: Sequence[PersonEntry], areas: Sequence[str], *, attempt: int = 0
) -> list[IdentityNumber]:
    """Read the number of each person, lending a temporary one where there is none.

    Raises `IdentityNumberError`, `InvalidEntry` when sex or birth is missing or differs from the
    number, `AlreadyRegistered` when a number stands on the register within the scope.
    """
    lent: set[bytes] = set()
    read = [
        _own(entry) if entry.number else _lend(entry, area, lent, attempt)
        for entry, area in zip(entries, areas, strict=True)
    ]
    _refuse_known(entries, read)
    return read


def _own(entry: PersonEntry) -> IdentityNumber:
    read = parse_number(entry.number)
    if entry.born not in (None, read.born) or entry.sex not in (None, read.sex):
        raise InvalidEntry(
            f"{entry.name}的出生日期或性别与身份证号不符。请对照证件改正，或留空由号码得出。"
        )
    return read


def _lend(entry: PersonEntry, area: str, lent: set[bytes], attempt: int) -> IdentityNumber:
    if entry.born is None or entry.sex not in (Sex.MALE, Sex.FEMALE):
        raise InvalidEntry(f"{entry.name}没有身份证号。请填写出生日期和性别，由系统给临时编号。")
    for number in _candidates(entry, area, entry.born, attempt):
        key = blind(number)
        if key not in lent and not Person.objects.filter(number_blind=key).exists():
            lent.add(key)
            return parse_number(number)
    raise InvalidEntry(f"{entry.born:%Y-%m-%d}出生的临时编号已用完。请核对是否统一填写的假日期。")


def _candidates(entry: PersonEntry, area: str, born: date, attempt: int) -> Iterator[str]:
    # Villages of a county share the serials and do not see each other's persons: each begins at a
    # place of its own, so that they seldom meet, and at another after they have met.
    start = int.from_bytes(hashlib.sha256(f"{area}{entry.name}{attempt}".encode()).digest()[:4])
    sex = "male" if entry.sex == Sex.MALE else "female"
    for step in range(_SERIALS):
        yield temporary_number(
            area[:6],
            born=born,
            sex=sex,  # type: ignore[arg-type]
            serial=(start + step) % _SERIALS + 1,
        )


def _refuse_known(entries: Sequence[PersonEntry], read: Sequence[IdentityNumber]) -> None:
    blinds = {blind(one.number): place for place, one in enumerate(read)}
    known = Person.objects.filter(number_blind__in=list(blinds)).values_list("id", "number_blind")
    for person_id, number_blind in known[:1]:
        place = blinds[bytes(number_blind)]
        raise AlreadyRegistered(entries[place].name, holder_of(person_id), place)


def holder_of(person_id: int) -> Holder:
    """Give whose number it is and where, from what the scope lets be seen. Two queries."""
    person = Person.objects.get(pk=person_id)
    home = (
        Membership.objects.filter(person_id=person_id)
        .select_related("household__area", "household__head")
        .order_by("-ended_date", "-id")
        .first()
    )
    if home is None:
        return Holder(person_id, person.name, None, "", "", "")
    head = home.household.head
    return Holder(
        person_id,
        person.name,
        home.household_id,
        home.household.number,
        head.name if head else "",
        home.household.area.name,
    )


def constraint_of(error: IntegrityError) -> str:
    """Give the name of the unique constraint that an insert broke, or nothing."""
    cause = error.__cause__
    return cause.diag.constraint_name or "" if isinstance(cause, UniqueViolation) else ""


def stands_elsewhere(error: IntegrityError) -> bool:
    """Tell whether an insert failed because a number stands outside the scope, past the walls."""
    return constraint_of(error).startswith("registry_person_number_blind")


def place_of(read: Sequence[IdentityNumber], area: str) -> int | None:
    """Find whose number stands elsewhere, by trying each and taking it back.

    PostgreSQL does not name a row that its policy hides. Beyond 200 persons nobody is sought: give
    None.
    """
    if len(read) > _SOUGHT:
        return None
    return next((place for place, one in enumerate(read) if _is_held(one, area)), None)


def _is_held(one: IdentityNumber, area: str) -> bool:
    probe = Person(
        area_code=area,
        name="",
        number_kind=NumberKind.RESIDENT,
        number_sealed=b"",
        number_blind=blind(one.number),
        sex=one.sex,
        born_date=one.born,
    )
    try:
        with transaction.atomic():
            probe.save(force_insert=True)
            transaction.set_rollback(True)
    except IntegrityError:
        return True
    return False
