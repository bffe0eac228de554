"""Migrations, linear."""
