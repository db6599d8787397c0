"""Sets of questions as files: read, checked, written, exchanged."""
