"""Requests for long lists: asked for by one, let go by another."""
