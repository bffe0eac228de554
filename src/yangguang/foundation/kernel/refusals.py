"""The base of every error that a person can put right."""


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """The system declines, and says in Chinese what, why and what to do.

    Whatever is not a Refusal is a defect. Each room names its own refusals below this one.
    """
