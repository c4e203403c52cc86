"""What runs the cells of a page in the reader's browser, and tells what each stands on.

The browser has it in the archive of the package, under another name; it imports nothing
but that package, NumPy and the standard library.
"""
