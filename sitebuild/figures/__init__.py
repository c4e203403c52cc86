"""The figures of the pages, one module per page or topic, drawn from the package."""
