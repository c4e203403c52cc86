"""The judges: what is wrong with this derivative, this gradient?  For any code."""
