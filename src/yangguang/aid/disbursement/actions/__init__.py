"""The verbs of payment: prepare, send, read the bank's answer, reconcile."""

from yangguang.aid.disbursement.actions.answering import read_results, reconcile
from yangguang.aid.disbursement.actions.exporting import export_batch
from yangguang.aid.disbursement.actions.issuing import bank_file, prepare_batch, send_batch
from yangguang.aid.disbursement.actions.voiding import void_batch

__all__ = [
    "bank_file",
    "export_batch",
    "prepare_batch",
    "read_results",
    "reconcile",
    "send_batch",
    "void_batch",
]
