"""Yangguang (阳光): sunlit social assistance."""
