"""The bank file of one-card payment (一卡通), its answer, and a bank that stands in."""
