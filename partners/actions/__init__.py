"""Deeds about organisations."""
