"""What people type about themselves and their places."""
