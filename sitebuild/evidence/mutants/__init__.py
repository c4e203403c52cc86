"""Small changes to the package, one at a time, and the tests that see them."""
