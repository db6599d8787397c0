"""Writing a report, publishing it, taking words out of it: what can be done, and by whom."""
