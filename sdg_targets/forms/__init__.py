"""Forms of the working pages, one subject a file."""
