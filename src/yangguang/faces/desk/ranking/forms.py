"""Which list is asked for."""

from django import forms
from django.http import Http404

from yangguang.aid.index.queries import Filter
from yangguang.aid.index.rules.flags import FlagName
from yangguang.aid.index.types import Band
from yangguang.foundation.catalogue.types import AidType

# A key of the list, or of a type's, begins with two numbers of twelve digits; it ends with the
# household's number as it was given.
_KEY = r"\A[0-9]{24}.{0,176}\Z"


class RankingForm(forms.Form):
    """An area, what narrows it, and where in the list; whatever else is asked does not exist."""

    area = forms.RegexField(r"\A\d{12}\Z", required=False)
    type = forms.ChoiceField(choices=AidType.pairs, required=False)
    band = forms.ChoiceField(choices=Band.pairs, required=False)
    flag = forms.ChoiceField(choices=FlagName.pairs, required=False)
    after = forms.RegexField(_KEY, required=False)
    before = forms.RegexField(_KEY, required=False)

    @property
    def chosen(self) -> Filter:
        """Give what narrows the list. Raises Http404 for a list that does not exist."""
        if not self.is_valid():
            raise Http404("no such list")
        asked = self.cleaned_data
        return Filter(
            type=AidType(asked["type"]) if asked["type"] else None,
            band=Band(asked["band"]) if asked["band"] else None,
            flag=FlagName(asked["flag"]) if asked["flag"] else None,
        )

    @property
    def onward(self) -> str:
        """Give the key to page on by."""
        return str(self.cleaned_data["after"])

    @property
    def back(self) -> str:
        """Give the key to page back by; paging on goes before."""
        return "" if self.onward else str(self.cleaned_data["before"])
