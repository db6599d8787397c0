"""Keeping what people gave us: backups, restoring them, and what a place takes along."""
