"""What a gradient check gets right, and where: the trials behind the page."""
