"""What each family was promised and received, from anyone (救助成果信息数据库)."""
