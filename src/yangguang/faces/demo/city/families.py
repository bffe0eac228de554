"""How a household is made up: who lives with whom, at which ages, married or not."""

from collections.abc import Callable
from random import Random
from typing import Final

from yangguang.faces.demo.city.chance import Table
from yangguang.faces.demo.city.types import Soul
from yangguang.families.registry.types import Marital, Relation, Sex

type Maker = Callable[[Random, int], list[Soul]]

_ALONE: Final = Table([("elder", 60.0), ("adult", 39.2), ("child", 0.8)])
_OLD_MAN: Final = Table([(Marital.WIDOWED, 48), (Marital.SINGLE, 40), (Marital.DIVORCED, 12)])
_OLD_WOMAN: Final = Table([(Marital.WIDOWED, 90), (Marital.SINGLE, 4), (Marital.DIVORCED, 6)])
_ADULT: Final = Table([(Marital.SINGLE, 56), (Marital.DIVORCED, 34), (Marital.WIDOWED, 10)])
_PARTED: Final = Table([(Marital.DIVORCED, 62), (Marital.WIDOWED, 38)])
_OLDEST: Final = 98


def _sex(rng: Random, male: float = 0.5) -> Sex:
    return Sex.MALE if rng.random() < male else Sex.FEMALE


def _other(sex: Sex) -> Sex:
    return Sex.FEMALE if sex is Sex.MALE else Sex.MALE


def _child(rng: Random, age: int, relation: Relation = Relation.CHILD) -> Soul:
    return Soul(relation, _sex(rng, 0.53), age, Marital.SINGLE)


def _couple(rng: Random, wife: int) -> list[Soul]:
    """Give a married couple, the man mostly head and up to six years older."""
    man = Soul(Relation.HEAD, Sex.MALE, min(_OLDEST, wife + rng.randint(-1, 5)), Marital.MARRIED)
    woman = Soul(Relation.SPOUSE, Sex.FEMALE, wife, Marital.MARRIED)
    if rng.random() < 0.18:
        man.relation, woman.relation = Relation.SPOUSE, Relation.HEAD
        return [woman, man]
    return [man, woman]


def _elders(rng: Random) -> list[Soul]:
    return _couple(rng, int(rng.triangular(60, 90, 64)))


def _elder(rng: Random, age: int, relation: Relation) -> Soul:
    sex = _sex(rng, 0.45)
    marital = (_OLD_MAN if sex is Sex.MALE else _OLD_WOMAN).draw(rng)
    if relation is Relation.PARENT and marital is Marital.SINGLE:
        marital = Marital.WIDOWED
    return Soul(relation, sex, min(_OLDEST, age), marital)


def _children(rng: Random, count: int) -> list[int]:
    """Give ages of siblings, the youngest first, at least two years apart."""
    ages = [rng.choice((rng.randint(0, 6), rng.randint(5, 14), rng.randint(10, 21)))]
    for _ in range(count - 1):
        ages.append(ages[-1] + rng.randint(2, 5))
    return ages


def _mother_of(rng: Random, ages: list[int]) -> int:
    return max(ages[-1] + rng.randint(20, 30), ages[0] + rng.randint(21, 34))


def _alone(rng: Random, _size: int) -> list[Soul]:
    kind = _ALONE.draw(rng)
    if kind == "elder":
        return [_elder(rng, int(rng.triangular(61, 97, 67)), Relation.HEAD)]
    if kind == "adult":
        sex = _sex(rng, 0.72)
        return [Soul(Relation.HEAD, sex, int(rng.triangular(26, 60, 53)), _ADULT.draw(rng))]
    orphan = _child(rng, rng.randint(7, 17), Relation.HEAD)
    orphan.unsupported = True
    return [orphan]


def _two_elders(rng: Random, _size: int) -> list[Soul]:
    return _elders(rng)


def _two_adults(rng: Random, _size: int) -> list[Soul]:
    return _couple(rng, rng.randint(40, 58))


def _lone_parent(rng: Random, size: int) -> list[Soul]:
    ages = _children(rng, size - 1)
    sex = _sex(rng, 0.42)
    age = _mother_of(rng, ages) + (3 if sex is Sex.MALE else 0)
    head = Soul(Relation.HEAD, sex, age, _PARTED.draw(rng))
    return [head, *(_child(rng, age) for age in reversed(ages))]


def _elder_with_child(rng: Random, size: int) -> list[Soul]:
    """Give old parents with the grown child whom they cannot leave alone."""
    own = int(rng.triangular(26, 55, 38))
    if size == 2:
        elders = [_elder(rng, own + rng.randint(22, 36), Relation.HEAD)]
        if elders[0].marital is Marital.SINGLE:
            elders[0].marital = Marital.WIDOWED
    else:
        elders = _couple(rng, own + rng.randint(21, 32))
    child = _child(rng, own)
    child.marital = Marital.SINGLE if rng.random() < 0.85 else Marital.DIVORCED
    return [*elders, child]


def _child_with_elder(rng: Random, size: int) -> list[Soul]:
    """Give a grown head who cares for an old parent, alone or with children."""
    children = _children(rng, size - 2) if size > 2 else []
    own = _mother_of(rng, children) if children else int(rng.triangular(35, 62, 50))
    marital = _PARTED.draw(rng) if children else _ADULT.draw(rng)
    head = Soul(Relation.HEAD, _sex(rng, 0.75), own, marital)
    parent = _elder(rng, own + rng.randint(20, 32), Relation.PARENT)
    return [head, parent, *(_child(rng, age) for age in reversed(children))]


def _grandparents(rng: Random, size: int) -> list[Soul]:
    """Give grandparents with the grandchildren left to them."""
    elders = 1 if size == 2 or (size == 3 and rng.random() < 0.3) else 2
    ages = _children(rng, size - elders)
    while ages[-1] > 17:
        ages = _children(rng, size - elders)
    own = ages[-1] + rng.randint(46, 60)
    heads = _couple(rng, own) if elders == 2 else [_elder(rng, own, Relation.HEAD)]
    if heads[0].marital is Marital.SINGLE:
        heads[0].marital = Marital.WIDOWED
    young = [_child(rng, age, Relation.GRANDCHILD) for age in reversed(ages)]
    left_alone = rng.random() < 0.3
    for child in young:
        child.unsupported = left_alone
    return [*heads, *young]


def _siblings(rng: Random, size: int) -> list[Soul]:
    age = rng.randint(40, 72)
    head = Soul(Relation.HEAD, Sex.MALE, age, Marital.SINGLE)
    ages = (max(30, age - rng.randint(1, 6) * place) for place in range(1, size))
    return [head, *(Soul(Relation.SIBLING, _sex(rng, 0.7), a, Marital.SINGLE) for a in ages)]


def _parents(rng: Random, size: int) -> list[Soul]:
    ages = _children(rng, size - 2)
    return [*_couple(rng, _mother_of(rng, ages)), *(_child(rng, age) for age in reversed(ages))]


def _parents_with_elder(rng: Random, size: int) -> list[Soul]:
    """Give a couple with children and one or, from six on, two old parents of the head."""
    elders = 2 if size >= 6 else 1
    ages = _children(rng, size - 2 - elders) if size > 2 + elders else []
    couple = _couple(rng, _mother_of(rng, ages) if ages else rng.randint(38, 56))
    older = couple[0].age + rng.randint(20, 28)
    first = _elder(rng, older, Relation.PARENT)
    old = [first]
    if elders == 2:
        first.marital = Marital.MARRIED
        age = min(_OLDEST, older + rng.randint(-2, 3))
        old.append(Soul(Relation.PARENT, _other(first.sex), age, Marital.MARRIED))
    return [*couple, *old, *(_child(rng, age) for age in reversed(ages))]


def _three_generations(rng: Random, size: int) -> list[Soul]:
    """Give an old couple as heads, a married son, and grandchildren."""
    ages = _children(rng, size - 4) if size > 4 else []
    mother = _mother_of(rng, ages) if ages else rng.randint(26, 45)
    elders = _couple(rng, mother + rng.randint(22, 30))
    child = Soul(Relation.CHILD, Sex.MALE, mother + rng.randint(0, 4), Marital.MARRIED)
    wed = Soul(Relation.CHILD_IN_LAW, Sex.FEMALE, mother, Marital.MARRIED)
    elders[0].age = max(elders[0].age, child.age + 20)
    elders[1].age = max(elders[1].age, child.age + 20)
    young = (_child(rng, age, Relation.GRANDCHILD) for age in reversed(ages))
    return [*elders, child, wed, *young]


# 示例: what kinds of family stand behind each size on a register of the needy.
_MAKERS: Final[dict[int, Table[Maker]]] = {
    1: Table([(_alone, 1)]),
    2: Table(
        [
            (_two_elders, 48),
            (_two_adults, 13),
            (_lone_parent, 13),
            (_elder_with_child, 13),
            (_child_with_elder, 6),
            (_grandparents, 5),
            (_siblings, 2),
        ]
    ),
    3: Table(
        [
            (_parents, 46),
            (_elder_with_child, 22),
            (_lone_parent, 12),
            (_grandparents, 10),
            (_parents_with_elder, 7),
            (_child_with_elder, 3),
        ]
    ),
    4: Table(
        [
            (_parents, 54),
            (_parents_with_elder, 24),
            (_grandparents, 6),
            (_lone_parent, 4),
            (_child_with_elder, 8),
            (_three_generations, 4),
        ]
    ),
    5: Table([(_parents_with_elder, 52), (_parents, 16), (_three_generations, 32)]),
    6: Table([(_parents_with_elder, 64), (_three_generations, 36)]),
}


def family(rng: Random, size: int) -> list[Soul]:
    """Make the members of a household of a size, the head first."""
    return _MAKERS[min(size, 6)].draw(rng)(rng, size)
