"""What a notebook of this course imports."""
