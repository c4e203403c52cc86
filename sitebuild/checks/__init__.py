"""What is checked in a page, and in a built site."""
