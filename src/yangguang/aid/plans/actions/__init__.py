"""The verbs of plans: drawing, changing by hand, deciding."""

from yangguang.aid.plans.actions.changing import add_family, remove_family
from yangguang.aid.plans.actions.deciding import approve, cancel, return_plan, submit
from yangguang.aid.plans.actions.drawing import change_budget, draw_plan, redraw
from yangguang.aid.plans.actions.exporting import export_list
from yangguang.aid.plans.actions.requesting import ask_export, decline_export, grant_export

__all__ = [
    "add_family",
    "approve",
    "ask_export",
    "cancel",
    "change_budget",
    "decline_export",
    "draw_plan",
    "export_list",
    "grant_export",
    "redraw",
    "remove_family",
    "return_plan",
    "submit",
]
