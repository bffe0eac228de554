"""Reads a page as a browser would: the form with its values, ready to be sent; what links where."""

from html.parser import HTMLParser

type Values = dict[str, list[str]]


class _Form(HTMLParser):
    """Collects the values of one form, the first whose method and a named field fit."""

    def __init__(self, holding: str) -> None:
        """Look for the form that holds a field of this name."""
        super().__init__()
        self.holding, self.forms, self.select = holding, [{}], ""
        self.area = ""

    @property
    def values(self) -> Values:
        """Give the values of the form that was looked for."""
        return next(form for form in self.forms if self.holding in form)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take up what a browser would send."""
        given = {name: value or "" for name, value in attrs}
        form, name = self.forms[-1], given.get("name", "")
        if tag == "form":
            self.forms.append({})
        elif tag == "select":
            self.select = name
            form.setdefault(name, [])
        elif tag == "option" and self.select and ("selected" in given or not form[self.select]):
            form[self.select] = [given.get("value", "")]
        elif tag == "textarea":
            self.area = name
            form[name] = [""]
        elif tag == "input" and name:
            self._input(form, name, given)

    def _input(self, form: Values, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in ("radio", "checkbox"):
            form.setdefault(name, [])
            if "checked" in given:
                form[name].append(given.get("value", "on"))
        elif kind not in ("submit", "file"):
            form[name] = [given.get("value", "")]

    def handle_data(self, data: str) -> None:
        """Take the text of a text area."""
        if self.area:
            self.forms[-1][self.area] = [data.removeprefix("\n")]

    def handle_endtag(self, tag: str) -> None:
        """Close a select or a text area."""
        if tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""


def form_on(page: str, holding: str) -> Values:
    """Give what the form with a field of this name would send if nothing were touched."""
    reader = _Form(holding)
    reader.feed(page)
    return dict(reader.values)
