"""One model, three ways to run it: the engines agree with the reference to the last bit."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.aid.index.agreement import assert_agreement
from tests.aid.index.households import ON, entries
from yangguang.aid.index.rules.loading import SHIPPED, parse, shipped
from yangguang.aid.index.types import Entry
from yangguang.foundation.engines.sessions import Session, session


@pytest.fixture(scope="module")
def spark() -> Iterator[Session]:
    """Start Spark once."""
    pytest.importorskip("pyspark")
    with session("spark") as running:
        yield running


@pytest.mark.slow
@pytest.mark.requirement(42)
@given(batch=st.lists(entries(), min_size=1, max_size=25))
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_a_city_on_polars_is_scored_and_ordered_as_each_family_alone(batch: list[Entry]) -> None:
    with session("polars") as polars:
        assert_agreement(polars, batch, ON, shipped())


@pytest.mark.slow
def test_a_countys_own_indicators_count_the_same_on_both_engines() -> None:
    local = "[{name: 养老, measure: elderly, weight: 4, reference: 示例}]"
    text = SHIPPED.read_text(encoding="utf-8")
    model = parse(text.replace("local: []", f"local: {local}"))
    with session("polars") as polars:
        assert_agreement(polars, generated(60), ON, model)


@pytest.mark.slow
@pytest.mark.spark
@pytest.mark.requirement(42)
def test_a_nation_on_spark_is_scored_and_ordered_as_each_family_alone(spark: Session) -> None:
    assert_agreement(spark, generated(300), ON, shipped())


def generated(count: int) -> list[Entry]:
    """Give as many generated households, the same each time."""
    found: list[Entry] = []

    @given(entry=entries())
    @settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def gather(entry: Entry) -> None:
        found.append(entry)

    gather()
    return found
