"""What people type about a gathering: hosts, those who come, those who sign in on the day."""
