"""Uploads, images and documents, stored with their digest."""
