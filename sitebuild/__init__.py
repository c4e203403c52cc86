"""What builds the site and checks its pages; no part of the installed package."""
