"""What is done with surveys: one module a verb."""
