"""Pure Python without Django: working days, money, periods, identity numbers, knots."""
