"""Plain values about organisations."""
