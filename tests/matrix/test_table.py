"""The reviewed tables speak of every URL and every cell, and of nothing else."""

from itertools import chain

from tests.matrix import people
from tests.matrix.addresses import ASKED, names
from tests.matrix.cells import everything
from tests.matrix.table import Cell, Row, entries, rights, rows, speaking
from yangguang.foundation.accounts.rules.roles import ROLES


def cells() -> set[Cell]:
    return {question.cell for question in chain(*map(everything, people.ALL))}


def test_the_table_knows_every_url_of_the_resolver_and_no_other() -> None:
    assert set(entries()) == set(names())


def test_whoever_adds_a_url_with_arguments_says_what_it_asks_for() -> None:
    assert {name for name, given in names().items() if given} == set(ASKED)


def test_every_role_and_every_right_of_the_table_exists() -> None:
    assert {entry.right for entry in entries().values()} - {"open"} <= set(rights())
    assert set().union(*rights().values()) == set(ROLES)


def test_the_people_hold_every_role_at_every_level() -> None:
    held = {(one.role, one.area) for one in people.POSTS}
    assert len(held) == sum(len(role.levels) for role in ROLES.values())
    assert {one.role for one in people.FEW} >= set(holders_of_each_right())


def holders_of_each_right() -> set[str]:
    few = {one.role for one in people.FEW}
    assert all(held & few for held in rights().values())
    return few


def test_one_row_speaks_for_each_cell_and_no_row_is_idle() -> None:
    asked = cells()
    unclear = {cell: [row.line for row in speaking(cell)] for cell in asked
               if len(speaking(cell)) != 1}  # fmt: skip
    assert unclear == {}
    spoken: set[Row] = set(chain(*map(speaking, asked)))
    assert sorted(row.line for row in set(rows()) - spoken) == []
