"""What is typed into pages: read once, kept as typed where it cannot be taken."""
