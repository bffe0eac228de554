"""Households for the tests: one plain family to change, and any family the model allows."""

from datetime import date, timedelta
from typing import Any

import msgspec
from hypothesis import strategies as st

from yangguang.aid.index.types import Aid, Entry, Household, Member, Shock, Spend
from yangguang.families.registry.types import (
    Category,
    DisabilityKind,
    DwellingGrade,
    Illness,
    Marital,
    PropertyStatus,
    ShockKind,
    Student,
    Tenure,
)
from yangguang.foundation.catalogue.types import AidType

ON = date(2026, 11, 24)


def member(born: date | str = "1980-06-01", **changes: Any) -> Member:
    """Give a healthy single member out of work, with changes."""
    facts = {
        "born": born,
        "illness": None,
        "disability_kind": None,
        "disability_grade": None,
        "student": None,
        "employed": False,
        "unable_to_work": False,
        "marital": "single",
        "unsupported_child": False,
    }
    return msgspec.convert(facts | changes, Member)


def household(*members: Member, **changes: Any) -> Household:
    """Give a household in its own sound home, without income, spending or aid, with changes."""
    facts = {
        "number": "1",
        "standard": 1114.0,
        "income": 0.0,
        "spend": Spend(0.0, 0.0, 0.0, 0.0),
        "dwelling_grade": "A",
        "tenure": "owned",
        "floor_area": None,
        "area_line": 15.0,
        "shocks": (),
        "single_parent": False,
        "only_child_lost": False,
        "property": "within",
        "category": None,
        "aid": (),
        "members": members or (member(),),
    }
    plain = msgspec.to_builtins(facts | changes)
    return msgspec.convert(plain, Household)


def days(back: int, ahead: int) -> st.SearchStrategy[date]:
    """Give days around the date of the score, its edges often."""
    edges = [day for day in (0, 1, 364, 365, 366, 730) if day <= back]
    near = st.sampled_from(edges).map(lambda day: ON - timedelta(days=day))
    return near | st.dates(ON - timedelta(days=back), ON + timedelta(days=ahead))


yuan = (
    st.sampled_from([0.0, 0.01, 100.0, 814.0, 1114.0, 13368.0, 60156.0])
    | st.integers(0, 20_000_000).map(lambda fen: fen / 100)
    | st.floats(0, 200_000, allow_nan=False)
)
codes = st.sampled_from

births = (
    st.sampled_from([16, 18, 60, 70, 80]).flatmap(
        lambda age: st.integers(-1, 1).map(
            lambda shift: ON.replace(year=ON.year - age) + timedelta(days=shift)
        )
    )
    | st.sampled_from([date(2008, 2, 29), date(1956, 2, 29)])
    | st.dates(date(1930, 1, 1), ON)
)


@st.composite
def members(draw: st.DrawFn) -> Member:
    """Give any member."""
    disabled = draw(st.booleans())
    return Member(
        born=draw(births),
        illness=draw(st.none() | codes(Illness)),
        disability_kind=draw(codes(DisabilityKind)) if disabled else None,
        disability_grade=draw(st.integers(1, 4)) if disabled else None,
        student=draw(st.none() | codes(Student)),
        employed=draw(st.booleans()),
        unable_to_work=draw(st.booleans()),
        marital=draw(codes(Marital)),
        unsupported_child=draw(st.integers(0, 9)) == 9,
    )


shocks = st.builds(
    Shock, kind=codes(ShockKind), date=days(500, 30), loss=yuan, main_worker_died=st.booleans()
)
aids = st.builds(
    Aid,
    type=codes(AidType),
    continuing=st.booleans(),
    stopped=st.none() | days(900, 60),
    failed=st.integers(0, 5).map(lambda die: die == 5),
    promised=st.just(0.0) | yuan,
    payments=st.lists(st.tuples(days(900, 30), yuan), max_size=5).map(tuple),
)


@st.composite
def households(draw: st.DrawFn) -> Household:
    """Give any household the format allows."""
    tenure = draw(codes(Tenure))
    return Household(
        number=draw(st.text("0123456789AZ", min_size=1, max_size=6)),
        standard=draw(codes([884.0, 1114.0]) | st.floats(100, 3000)),
        income=draw(yuan),
        spend=Spend(draw(yuan), draw(yuan), draw(yuan), draw(yuan)),
        dwelling_grade=draw(st.none() | codes(DwellingGrade)) if tenure != Tenure.NONE else None,
        tenure=tenure,
        floor_area=draw(st.none() | st.floats(0, 200)),
        area_line=draw(codes([13.0, 15.0])),
        shocks=tuple(draw(st.lists(shocks, max_size=3))),
        single_parent=draw(st.booleans()),
        only_child_lost=draw(st.integers(0, 4)) == 4,
        property=draw(codes(PropertyStatus)),
        category=draw(st.none() | codes(["tekun", "orphan", "unsupported_child"])),
        aid=tuple(draw(st.lists(aids, max_size=4))),
        members=tuple(draw(st.lists(members(), min_size=1, max_size=5))),
    )


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Give any registered household."""
    facts = draw(households())
    category = (
        Category(facts.category)
        if facts.category
        else draw(st.none() | codes([Category.DIBAO, Category.MARGIN, Category.OTHER]))
    )
    payers = [(draw(codes(["民政局", "慈善会"])), draw(st.booleans())) for _ in facts.aid]
    return Entry(
        household=facts,
        accepted=draw(st.integers(1_500_000_000_000_000, 1_800_000_000_000_000)),
        category=category,
        payers=tuple(payers),
    )
