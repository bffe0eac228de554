"""Screens of people and their posts: who holds what, and giving and ending it under four eyes."""
