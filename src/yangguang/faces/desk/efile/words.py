"""The labels of what the e-file stores as codes."""

from django.utils.translation import gettext as _

from yangguang.families.registry import types
from yangguang.foundation.kernel.choices import Choices

KINDS: dict[str, type[Choices]] = {
    "register": types.RegisterType,
    "sex": types.Sex,
    "relation": types.Relation,
    "marital": types.Marital,
    "illness": types.Illness,
    "disability": types.DisabilityKind,
    "student": types.Student,
    "occupation": types.Occupation,
    "category": types.Category,
    "cause": types.Cause,
    "tenure": types.Tenure,
    "grade": types.DwellingGrade,
    "property": types.PropertyStatus,
    "income": types.IncomeClass,
    "spending": types.SpendingKind,
    "asset": types.AssetKind,
    "shock": types.ShockKind,
    "source": types.Source,
    "change": types.HouseholdChangeKind,
    "photo": types.PhotoKind,
}


def word(kind: str, code: str | None) -> str:
    """Give the label of a code in the reader's language; a dash for none."""
    return _(KINDS[kind](code).label) if code else "—"
