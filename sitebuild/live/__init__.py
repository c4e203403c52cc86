"""Live cells: blocks that a reader can edit and run."""
