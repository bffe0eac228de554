"""The words of pages: gather them, compile them, and hold the English catalogue at 100 %.

    python tools/words.py gather | compile | check

The source text is Chinese. Labels of closed lists (`Choices`) are gathered from the classes
themselves, so that a new label cannot be forgotten. What the framework's own checks say in Chinese
is written by hand in `locale/zh_Hans`.
"""

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "yangguang"
LOCALES = SOURCE / "locale"
PO = LOCALES / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "saying": (1,),
    "translatable": (1,),
    "count_saying": (1, 1),
    "how_many": (1, 1),
    "_n": (1, 1),
    "pgettext": ((1, "c"), 2),
}


def labels() -> set[str]:
    """Give the labels of every closed list, read from the source, and of every role."""
    from yangguang.foundation.accounts.rules.roles import ROLES

    found = {label for path in SOURCE.rglob("*.py") for label in _labels_in(path)}
    found |= {role.label for role in ROLES.values()}
    return found | {role.description for role in ROLES.values()}


def _labels_in(path: Path) -> Iterator[str]:
    """Give the labels of the lists of one file: `NAME = "code", "label"` below `Choices`."""
    text = path.read_text("utf-8")
    if "(Choices)" not in text:
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef) and "Choices" in map(ast.unparse, node.bases):
            for line in node.body:
                if isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple):
                    yield str(ast.literal_eval(line.value)[1])


TOLD = {"title", "name", "whom", "fund", "note", "unit", "needs", "reference"}
"""The texts of a policy that people read; a name in a list of an area is not among them."""


def policy_words() -> set[str]:
    """Give the texts of every policy that is shipped: titles, whom, funds, notes, units, grounds.

    Area lists and organisations are left out: their names are names.
    """
    found: set[str] = set()
    for folder in ("calendars", "index", "items", "limits", "reviews", "standards"):
        for path in sorted((SOURCE / "policies" / folder).glob("*.yaml")):
            found |= set(_texts(yaml.safe_load(path.read_text("utf-8"))))
    return found


def _texts(part: object, key: str = "") -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            yield from _texts(value, str(name))
    elif isinstance(part, list):
        for value in part:
            yield from _texts(value, key)
    elif isinstance(part, str) and key in TOLD:
        yield part


CHINESE = re.compile("[\u3001-\u3011\u3400-\u9fff\uff01-\uff5e]")
"""A character or a mark that no English page may show."""


def gathered() -> Catalog:
    """Give a catalogue of every message of the source, in a stable order."""
    catalog = Catalog(project="yangguang", charset="utf-8", fuzzy=False)
    methods = [("**/migrations/**", "ignore"), ("**.py", "python"), ("**.jinja", "jinja2")]
    # Not silent: a template that cannot be read is an error, not a page without words.
    options = {
        "**.jinja": {
            "trimmed": "true",
            "newstyle_gettext": "true",
            "extensions": "jinja2.ext.do",
            "silent": "false",
        }
    }
    found: dict[tuple[str, ...] | str, str | None] = {}
    for _, _, message, _, context in extract_from_dir(
        SOURCE, methods, options, KEYWORDS, comment_tags=()
    ):
        found.setdefault(message, context)
    for label in labels() | policy_words():
        found.setdefault(label, None)
    for message in [one for one in found if isinstance(one, tuple)]:
        if message[0] in found:
            raise ValueError(f"“{message[0]}” is said both with a number and without")
    for message in sorted(found, key=lambda m: m if isinstance(m, str) else m[0]):
        text = message if isinstance(message, str) else message[0]
        if CHINESE.search(text):
            catalog.add(message, context=found[message])
    return catalog


def current() -> Catalog:
    """Give the English catalogue as it is."""
    if not PO.exists():
        return Catalog(locale="en", charset="utf-8", fuzzy=False)
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def save(catalog: Catalog) -> None:
    """Write the catalogue without dates and places, so that it changes only with its words."""
    PO.parent.mkdir(parents=True, exist_ok=True)
    buffer = BytesIO()
    write_po(buffer, catalog, no_location=True, omit_header=True, width=0, ignore_obsolete=True)
    header = (
        b'msgid ""\nmsgstr ""\n"Language: en\\n"\n"MIME-Version: 1.0\\n"\n'
        b'"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        b'"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    )
    PO.write_bytes(header + buffer.getvalue())


def gather() -> int:
    """Bring new messages into the catalogue and drop those that nobody uses."""
    catalog = current()
    catalog.update(gathered(), no_fuzzy_matching=True)
    save(catalog)
    empty = [m for m in catalog if m.id and not _translated(m.string)]
    print(f"{len(catalog)} 条，其中 {len(empty)} 条待译 → {PO.relative_to(ROOT)}")
    return 0


def _translated(string: object) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


def check() -> int:
    """Fail when a message lacks its English, or when the catalogue lacks a message."""
    catalog = current()
    have = {m.id: m for m in catalog if m.id}
    missing = [m.id for m in gathered() if m.id and m.id not in have]
    empty = [key for key, m in have.items() if not _translated(m.string) or m.fuzzy]
    for message in [*missing, *empty][:40]:
        print(f"缺英文：{message}", file=sys.stderr)
    if missing or empty:
        print(f"共缺 {len(missing) + len(empty)} 条：make words 后补译。", file=sys.stderr)
        return 1
    print(f"English: {len(have)} / {len(have)}")
    return 0


def compile_words() -> int:
    """Compile each catalogue for gettext when it is newer than its compiled form."""
    for source in sorted(LOCALES.glob("*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            with source.open("rb") as read, target.open("wb") as written:
                write_mo(written, read_po(read, locale=source.parts[-3]))
    return 0


if __name__ == "__main__":
    sys.exit({"gather": gather, "check": check, "compile": compile_words}[sys.argv[1]]())
