"""GLOSSARY.md fixes one English term for each Chinese one; closed lists are held to it."""

import importlib
import re
from pathlib import Path

from babel.messages.pofile import read_po

from yangguang.foundation.kernel.choices import Choices

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "yangguang"
ROW = re.compile(r"^\| ([^|]+?) \| `([^`|]+)` \|", re.M)


def glossary() -> list[tuple[str, str]]:
    return ROW.findall((ROOT / "GLOSSARY.md").read_text())


def closed_lists() -> list[type[Choices]]:
    for path in SOURCE.rglob("types.py"):
        importlib.import_module(".".join(path.relative_to(SOURCE.parent).with_suffix("").parts))
    return [kind for kind in Choices.__subclasses__() if kind.__module__.startswith("yangguang")]


def test_every_label_of_a_closed_list_is_in_the_glossary_under_its_code_name() -> None:
    told = set(glossary())
    missing = {
        (member.label, member.value)
        for kind in closed_lists()
        for member in kind
        if (member.label, member.value) not in told
    }
    assert missing == set()


def test_no_term_of_the_glossary_has_two_code_names() -> None:
    names: dict[str, set[str]] = {}
    for term, code in glossary():
        names.setdefault(term, set()).add(code)
    assert {term: codes for term, codes in names.items() if len(codes) > 1} == {}


def test_every_word_that_a_template_says_is_in_the_english_catalogue() -> None:
    # Read without the gatherer's parser: what it cannot read, it once left out in silence.
    with (SOURCE / "locale/en/LC_MESSAGES/django.po").open("rb") as file:
        known = {m.id if isinstance(m.id, str) else m.id[0] for m in read_po(file) if m.id}
    said = {
        match[2]
        for path in SOURCE.rglob("*.jinja")
        for match in re.finditer(r"\b(?:_|ngettext)\((['\"])(.+?)\1", path.read_text())
        if re.search(r"[一-鿿]", match[2])
    }
    assert len(said) > 300
    assert said - known == set()
