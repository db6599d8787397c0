"""Answers as files: one table of them, written for spreadsheets, statisticians and archives."""
