"""Pure rules of policy: the files, what fits which area, what may change."""
