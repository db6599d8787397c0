"""What can be done in a gathering, and by whom: one module for each part of it."""
