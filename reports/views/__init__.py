"""Reading pages: permit, fetch, decide, render. Published figures are open to everybody."""
