"""The pages of reports: read by everybody, written by hosts."""
