"""Pure rules of areas and service bodies: files, codes, the six haves."""
