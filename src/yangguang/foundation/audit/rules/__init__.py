"""The pure rules of the trail: canonical bytes, hashes, Merkle trees, heads, verification."""
