"""Dataframe sessions and dated snapshots; no Django."""
