"""The figures of the pages, one module a page or topic, drawn from the package."""
