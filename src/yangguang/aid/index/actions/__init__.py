"""Scoring: a whole area at once, or what a transaction has changed."""

from yangguang.aid.index.actions.catching import catch_up
from yangguang.aid.index.actions.scoring import score_area

__all__ = ["catch_up", "score_area"]
