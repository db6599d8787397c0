"""What can be done with people and places, and by whom."""
