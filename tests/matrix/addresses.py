"""Every address there is: the resolver's patterns, with the kind of object each asks for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from types import MappingProxyType

from django.urls import URLPattern, URLResolver, get_resolver

from yangguang.faces.desk.households.changes import CHANGES
from yangguang.families.registry.types import Secret

_OF_PERSON = tuple(word for word, form in CHANGES.items() if form.of_person)
_OF_HOUSEHOLD = tuple(word for word in CHANGES if word not in _OF_PERSON)
_NO_WORD = "no-such-word"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: a kind of object, and the words that its other arguments take."""

    kind: str = "page"
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _asked(kind: str, **words: tuple[str, ...]) -> Asked:
    return Asked(kind, MappingProxyType(words))


# By name; a URL with arguments that is not named here fails the test of the table.
ASKED: Mapping[str, Asked] = MappingProxyType(
    {
        "desk:household": _asked("household"),
        "desk:looks": _asked("household"),
        "desk:reveal": _asked("household", secret=(*Secret.codes(), _NO_WORD)),
        "desk:reveal_member": _asked("household", secret=(*Secret.codes(), _NO_WORD)),
        "desk:past_year": _asked("household"),
        "desk:what_if": _asked("household"),
        "desk:change": _asked("household", what=(*_OF_HOUSEHOLD, _NO_WORD)),
        "desk:change_member": _asked("household", what=(*_OF_PERSON, _NO_WORD)),
        "desk:photo": _asked("photo", size=("thumb", "full", _NO_WORD)),
        "desk:plan": _asked("plan"),
        "desk:plan_lines": _asked("plan"),
        "desk:plan_overlaps": _asked("plan"),
        "desk:export_plan": _asked("plan"),
        "desk:plan_budget": _asked("plan"),
        "desk:change_plan": _asked("plan", verb=("submit", "redraw", "cancel", _NO_WORD)),
        "desk:move_plan": _asked("plan", verb=("add", "remove", _NO_WORD)),
        "desk:decide_plan": _asked("plan", verb=("approve", "return", _NO_WORD)),
        "desk:prepare_batch": _asked("plan"),
        "desk:batch": _asked("batch"),
        "desk:export_batch": _asked("batch"),
        "desk:void_batch": _asked("batch"),
        "desk:send_batch": _asked("batch"),
        "desk:bank_file": _asked("batch"),
        "desk:batch_results": _asked("batch"),
        "desk:reconcile_batch": _asked("batch"),
        "desk:ask_export": _asked("list"),
        "desk:decide_export": _asked("export", verb=("grant", "decline", _NO_WORD)),
        "desk:reader_looks": _asked("reader"),
        "desk:areas": _asked("area"),
        "desk:rename_area": _asked("area"),
        "desk:propose_post": _asked("area"),
        "desk:body": _asked("body"),
        "desk:policy": _asked("policy"),
        "desk:policy_file": _asked("policy"),
        "desk:person": _asked("staff"),
        "desk:invite": _asked("staff"),
        "desk:delegate_post": _asked("post"),
        "desk:end_post": _asked("post"),
        "desk:choose_post": _asked("post"),
        "desk:decide_post": _asked("appointment", verb=("grant", "decline", _NO_WORD)),
        "desk:roster_check": _asked("roster"),
        "desk:roster_take": _asked("roster"),
        "desk:roster_returned": _asked("roster"),
    }
)

# Pages that ask for an area or a family behind the question mark, or in what is sent.
SOUGHT: Mapping[str, Asked] = MappingProxyType(
    {
        "desk:ranking?area": _asked("area"),
        "desk:bodies?area": _asked("area"),
        "desk:staff?area": _asked("area"),
        "desk:search?q": _asked("household"),
    }
)


@dataclass(frozen=True, slots=True)
class Address:
    """One address: its name in the table, the resolver's name, the kind asked for, its words."""

    url: str
    kind: str
    words: tuple[tuple[str, str], ...] = ()

    @property
    def view(self) -> str:
        """Give the resolver's name."""
        return self.url.partition("?")[0].partition("/")[0]


def names() -> dict[str, frozenset[str]]:
    """Give the name of every URL of the resolver, with its arguments."""
    return dict(_names(get_resolver("yangguang.config.urls"), "", frozenset()))


def _names(
    resolver: URLResolver, space: str, before: frozenset[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    for one in resolver.url_patterns:
        given = before | set(one.pattern.converters)
        if isinstance(one, URLPattern):
            yield f"{space}{one.name}", frozenset(given)
        else:
            yield from _names(one, f"{one.namespace}:" if one.namespace else space, given)


def addresses() -> Iterator[Address]:
    """Give every URL with every word that stands in it: `desk:change_plan/submit`.

    A word that no table needs to tell from another of its kind does not stand in the name.
    """
    for name in names():
        yield from _of(name, ASKED.get(name, Asked()))
    for name, asked in SOUGHT.items():
        yield from _of(name, asked)


def _of(name: str, asked: Asked) -> Iterator[Address]:
    for words in product(*asked.words.values()):
        given = tuple(zip(asked.words, words, strict=True))
        yield Address("/".join((name, *(_short(name, word) for word in words))), asked.kind, given)


def _short(name: str, word: str) -> str:
    is_known = word in CHANGES if name.startswith("desk:change") else name == "desk:photo"
    return "known" if is_known and word != _NO_WORD else word
