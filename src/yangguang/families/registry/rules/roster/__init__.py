"""The roster of a township: read, held against itself and the register, told fault by fault."""
