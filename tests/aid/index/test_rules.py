"""The tables that a jurist can read, each line on both engines of one machine."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.aid.index.agreement import assert_agreement
from tests.aid.index.households import ON, household, member
from yangguang.aid.index.rules.household import TYPES, measure, score
from yangguang.aid.index.rules.loading import shipped
from yangguang.aid.index.rules.tables import entry
from yangguang.aid.index.types import Household
from yangguang.foundation.engines.sessions import session

CASES = [
    case
    for name in ("worked_cases", "indicators")
    for case in yaml.safe_load(
        (Path(__file__).parent / f"{name}.spec.yaml").read_text(encoding="utf-8")
    )
]


def family(case: dict[str, Any]) -> Household:
    """Build the family that a case describes."""
    people = [member(**facts) for facts in case.get("members", [{}])]
    return household(*people, **case.get("household", {}))


@pytest.mark.requirement(42, 43, 44, 55)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_index_is_what_the_table_says(case: dict[str, Any]) -> None:
    facts, on, model = family(case), case.get("date", ON), shipped()
    steps, result = measure(facts, on, model), score(facts, on, model)
    found: dict[str, float] = {
        "H": result.h,
        "V": result.v,
        "B": result.b,
        "A": result.a,
        "e": steps.e,
        "weighted": steps.weighted,
        **{f"p{number}": points for number, points in result.points.items()},
        **{f"t_{kind}": points for kind, points in result.types.items()},
    }
    wanted = {name: case[name] for name in ("H", "V", "B", "A", "e", "weighted") if name in case}
    wanted |= {f"p{at}": points for at, points in enumerate(case.get("points", []), start=1)}
    wanted |= {f"p{at}": points for at, points in case.get("p", {}).items()}
    types = case.get("t", {}) | case.get("types", {})
    wanted |= {f"t_{kind}": points for kind, points in types.items()}
    assert wanted
    assert {name: round(found[name], 2) for name in wanted} == pytest.approx(wanted, abs=1e-9)


@pytest.mark.slow
@pytest.mark.parametrize("on", sorted({case.get("date", ON) for case in CASES}))
def test_the_tables_hold_on_polars_too(on: date) -> None:
    entries = [entry(family(case)) for case in CASES if case.get("date", ON) == on]
    with session("polars") as polars:
        assert_agreement(polars, entries, on, shipped())


@pytest.mark.slow
def test_a_city_of_one_household_is_scored_to_the_same_last_bit() -> None:
    with session("polars") as polars:
        for case in CASES[:7]:
            assert_agreement(polars, [entry(family(case))], ON, shipped())


def test_the_types_stand_in_the_order_of_the_specification() -> None:
    assert TYPES[0] == "living"
    assert TYPES[-1] == "disaster"
