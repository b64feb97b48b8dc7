"""How every door speaks HTTP: problems, cursor pages, conditional answers, strict parameters, streams. Knows no subject."""
