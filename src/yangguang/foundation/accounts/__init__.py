"""Staff, posts, roles as classes, scope."""
