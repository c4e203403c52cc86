"""Which line of a backward pass is the first wrong one?  For code of any make."""
