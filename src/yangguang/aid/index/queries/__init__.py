"""Reading the index: pages, ranks, boards, explanations, previews."""

from yangguang.aid.index.queries.boards import Board, board, sizes
from yangguang.aid.index.queries.explaining import (
    explanation_of,
    facts_of,
    freshness,
    score_of,
    what_if_of,
    with_aid,
    with_spending,
)
from yangguang.aid.index.queries.pages import (
    Candidate,
    Filter,
    Page,
    Row,
    page,
    ranking_for_plan,
    rows_of,
    scope_of,
)
from yangguang.aid.index.queries.places import Frame, Place, frame_of
from yangguang.aid.index.queries.ranks import Ranks, rank_of
from yangguang.aid.index.queries.simulating import Preview, preview

__all__ = [
    "Board",
    "Candidate",
    "Filter",
    "Frame",
    "Page",
    "Place",
    "Preview",
    "Ranks",
    "Row",
    "board",
    "explanation_of",
    "facts_of",
    "frame_of",
    "freshness",
    "page",
    "preview",
    "rank_of",
    "ranking_for_plan",
    "rows_of",
    "scope_of",
    "score_of",
    "sizes",
    "what_if_of",
    "with_aid",
    "with_spending",
]
